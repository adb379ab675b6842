using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Vaults;

/// <summary>The availability probers' credentials (decision 22): apart from the customer's, short-lived, replaced by their probers.</summary>
internal sealed partial class VaultGrain
{
    /// <summary>Probers at once, each with its present credential and the one before.</summary>
    private const int MaxProbeCredentials = 16;

    private const int MostOfOneProber = 2;

    private static readonly TimeSpan ProbeCredentialLife = TimeSpan.FromHours(24);

    public async Task<Reply<ProbeCredentialView>> IssueProbeCredentialAsync(IssueProbeCredential request, CancellationToken cancellation)
    {
        if ((Check.Name(request.Prober, "prober") ?? Check.KeyId(request.KeyId, 'c') ?? Check.Hash(request.SecretSha256, "secret hash")) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;
        if (FindProbe(request.KeyId) is { } known)
        {
            return known.SecretSha256 == request.SecretSha256 && known.Prober == request.Prober ? Reply<ProbeCredentialView>.Repeated(known.ToView()) : KeyIdTaken;
        }

        if (Find(request.KeyId) is not null) return KeyIdTaken;

        // Suspension does not matter here: whoever shows the credential is told of it.
        var credential = new ProbeCredentialState
        {
            Prober = request.Prober,
            KeyId = request.KeyId,
            SecretSha256 = request.SecretSha256,
            ExpiresAt = Now + ProbeCredentialLife,
        };
        State.Probes.RemoveAll(p => p.ExpiresAt <= Now || p.KeyId == request.KeyId);
        var earlier = State.Probes.Where(p => p.Prober == request.Prober).ToList();
        State.Probes.RemoveAll(p => earlier.SkipLast(MostOfOneProber - 1).Contains(p));
        State.Probes.Add(credential);
        if (State.Probes.Count > MaxProbeCredentials) State.Probes.RemoveAt(0);
        await SaveAsync();
        return Reply<ProbeCredentialView>.Done(credential.ToView());
    }

    private ProbeCredentialState? FindProbe(string? keyId) => State.Probes.Find(p => p.KeyId == keyId && p.ExpiresAt > Now);

    private CredentialVerdict JudgeProbe(bool isSuspended) => new()
    {
        Standing = isSuspended ? CredentialStanding.Suspended : CredentialStanding.Probe,
        ImmutabilityWindow = State.ImmutabilityWindow,
        Node = State.Node,
    };
}
