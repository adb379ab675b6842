using System.Text;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Hosting;

/// <summary>
/// The password of this host's vault. One that the customer gives here wins; else it is the service's own, sealed for this host and kept in memory only (decision 19).
/// </summary>
internal sealed class VaultKey(CommandContext context, DoorClient door, AgentConfiguration enrolment)
{
    /// <summary>A new vault's key is made and sealed within seconds; a longer wait is the job's next attempt's.</summary>
    private static readonly TimeSpan SealedWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);
    private const string NotReady = "key-not-ready";

    private string? _known;

    /// <exception cref="AgentStop">There is none, or not yet.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        if (context.Password.IsGiven)
            return await context.Password.ReadAsync(isNew: false, cancellation);
        return _known ??= await AskAsync(cancellation);
    }

    /// <summary>Asks again the next time: the vault's key may have been changed.</summary>
    public void Forget() => _known = null;

    private async Task<string> AskAsync(CancellationToken cancellation)
    {
        var answer = await AskOnceAsync(cancellation);
        var time = context.Surroundings.Time;
        for (var since = time.GetTimestamp(); answer.Refusal?.Code == NotReady && time.GetElapsedTime(since) < SealedWithin; answer = await AskOnceAsync(cancellation))
            await Task.Delay(AskEvery, time, cancellation);
        if (answer.Unreachable is { } reason)
            throw new AgentStop(ExitCode.Unavailable, HostSentences.Away, reason, "-");
        if (answer.Refusal is { } refusal)
        {
            throw refusal.Code == NotReady
                ? new AgentStop(ExitCode.Unavailable, HostSentences.KeyNotReady)
                : new AgentStop(ExitCode.NotAuthorised, HostSentences.KeyRefused, enrolment.Vault!, refusal.Detail ?? refusal.Code ?? "-");
        }

        return answer.Value?.Key is { } sealedKey && Plain(sealedKey) is { Length: > 0 } password
            ? password
            : throw new AgentStop(ExitCode.NotAuthorised, HostSentences.KeyUnreadable);
    }

    private Task<DoorAnswer<SealedKey>> AskOnceAsync(CancellationToken cancellation) =>
        door.GetAsync($"tenants/{enrolment.Tenant}/vaults/{enrolment.Vault}/sealed-key", HostingJson.Default.SealedKey, cancellation);

    private string? Plain(string sealedKey)
    {
        var box = new byte[sealedKey.Length];
        return Convert.TryFromBase64String(sealedKey, box, out var length) && SealedBox.Open(box[..length], enrolment.PublicKey, enrolment.PrivateKey) is { } plain
            ? Encoding.UTF8.GetString(plain)
            : null;
    }
}
