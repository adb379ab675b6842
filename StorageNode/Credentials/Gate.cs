using System.Collections.Concurrent;
using System.Net;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>
/// Judges credentials (decision 18). A wrong one costs the same and is answered the same, and at the same time, whether or not the vault exists: the grain is
/// asked in any case, nothing on the disk is looked at before it has vouched, and <see cref="RefusalPace"/> hides how long it took.
/// </summary>
internal sealed partial class Gate(
    IOptions<ShelfOptions> options,
    IGrainFactory grains,
    KnownCredentials known,
    Throttle throttle,
    SecurityNotes notes,
    TimeProvider clock,
    ILogger<Gate> logger)
{
    /// <summary>A verdict is believed for so long without asking again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>And for so long while the grain cannot be reached.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    /// <summary>Longest wait for the grain; and the pause after it did not answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Stands for a key id that is none; no key id has this form.
    private const string Malformed = "malformed";

    private readonly ConcurrentDictionary<(VaultKey, BasicCredential), Lazy<Task<CredentialVerdict?>>> _asking = new();

    public async Task<Admission> AdmitAsync(VaultKey vault, string? header, IPAddress address, CancellationToken callerGone)
    {
        // Clients that ask without a credential first are no guessers.
        if (string.IsNullOrEmpty(header))
            return Admission.Refused;

        var start = clock.GetTimestamp();
        var admission = await JudgeAsync(vault, BasicCredential.Parse(header), address, callerGone);
        if (admission.Kind == AdmissionKind.Refused)
            await RefusalPace.HoldAsync(clock, start, options.Value.RefusalTime, callerGone);
        return admission;
    }

    private async Task<Admission> JudgeAsync(VaultKey vault, BasicCredential? parsed, IPAddress address, CancellationToken callerGone)
    {
        // Who once showed the right secret is never slowed down by a neighbour's wrong ones.
        if (Known(parsed) is { } before)
            return await JudgeAsync(vault, parsed!.Value, before, address);

        var keyId = parsed?.KeyId ?? Malformed;
        if (await throttle.EnterAsync(address, keyId, callerGone) is var wait && wait > TimeSpan.Zero)
            return Known(parsed) is { } meanwhile ? await JudgeAsync(vault, parsed!.Value, meanwhile, address) : Admission.Throttled(wait);

        try
        {
            return parsed is { } shown ? await JudgeAsync(vault, shown, Known(parsed), address) : Wrong(vault, Malformed, address);
        }
        finally
        {
            throttle.Leave(address, keyId);
        }
    }

    private async Task<Admission> JudgeAsync(VaultKey vault, BasicCredential shown, KnownCredential? before, IPAddress address)
    {
        if (before is not null && before.Vault == vault && MayStillBelieve(before))
            return Good(vault, shown, before.Verdict, address);

        return before is not null && before.Vault != vault
            ? await AskAtHomeAsync(vault, shown, before, address)
            : await AskAsync(vault, shown, before, address);
    }

    private KnownCredential? Known(BasicCredential? parsed) => parsed is { } shown ? known.Find(shown) : null;

    private async Task<Admission> AskAsync(VaultKey vault, BasicCredential shown, KnownCredential? before, IPAddress address)
    {
        var at = clock.GetTimestamp();
        var verdict = await VerdictAsync(vault, shown);
        if (verdict is null)
        {
            if (before is null || clock.GetElapsedTime(before.CheckedAt) > Stale)
                return Admission.Unreachable;

            known.Keep(shown.KeyId, before with { FailedAt = clock.GetTimestamp() });
            return Good(vault, shown, before.Verdict, address);
        }

        if (verdict.Standing is CredentialStanding.Good or CredentialStanding.Probe)
        {
            known.Keep(shown.KeyId, new(vault, shown.SecretSha256, verdict, at));
            throttle.Forgive(address, shown.KeyId);
            return Good(vault, shown, verdict, address);
        }

        if (before is not null)
            known.Drop(shown.KeyId, before);

        return verdict.Standing == CredentialStanding.Suspended ? Admission.Suspended : Wrong(vault, shown.KeyId, address);
    }

    // A key id belongs to one vault: shown to another, it is judged at its own, and the other is not even asked.
    private async Task<Admission> AskAtHomeAsync(VaultKey vault, BasicCredential shown, KnownCredential home, IPAddress address)
    {
        if (!MayStillBelieve(home)
            && await AskAsync(home.Vault, shown, home, address) is { Kind: AdmissionKind.Refused or AdmissionKind.Unreachable } refusal)
        {
            return refusal;
        }

        notes.Foreign(home.Vault, vault, shown.KeyId, address);
        return Admission.Elsewhere(home.Vault.Tenant, home.Verdict);
    }

    private Admission Good(VaultKey vault, BasicCredential shown, CredentialVerdict verdict, IPAddress address)
    {
        if (verdict.Node is null || verdict.Node == options.Value.Node)
            return Admission.Granted(vault.Tenant, shown.KeyId, verdict);

        LogElsewhere(vault, verdict.Node, address);
        return Admission.Elsewhere(vault.Tenant, verdict);
    }

    private Admission Wrong(VaultKey vault, string keyId, IPAddress address)
    {
        notes.WrongTry(vault, keyId, address, throttle.Strike(address, keyId));
        return Admission.Refused;
    }

    private bool MayStillBelieve(KnownCredential credential)
    {
        var age = clock.GetElapsedTime(credential.CheckedAt);
        return age <= Fresh || (age <= Stale && credential.FailedAt is { } failed && clock.GetElapsedTime(failed) < Patience);
    }

    /// <summary>Asks the grain, once for all requests that wait for the same answer; null when it does not answer.</summary>
    private async Task<CredentialVerdict?> VerdictAsync(VaultKey vault, BasicCredential shown)
    {
        var key = (vault, shown);
        var asking = _asking.GetOrAdd(key, _ => new(() => CallAsync(vault, shown)));
        try
        {
            return await asking.Value;
        }
        finally
        {
            _asking.TryRemove(new(key, asking));
        }
    }

    private async Task<CredentialVerdict?> CallAsync(VaultKey vault, BasicCredential shown)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var request = new AuthenticateCredential { KeyId = shown.KeyId, SecretSha256 = shown.SecretSha256, Node = options.Value.Node };
            return await grains.Get(vault).AuthenticateAsync(request, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception e)
        {
            LogUnreachable(vault, e);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Credential not checked, the grain does not answer: {Vault}")]
    private partial void LogUnreachable(VaultKey vault, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request for a vault of another node: {Vault} lies on {HolderNode}, asked by {Address}")]
    private partial void LogElsewhere(VaultKey vault, string holderNode, IPAddress address);
}
