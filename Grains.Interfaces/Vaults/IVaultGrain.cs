using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>One restic repository of one tenant: placement, credentials, usage, freshness. Key: <see cref="Names.VaultKey"/>.</summary>
[Alias("bo.vault")]
public interface IVaultGrain : IGrainWithStringKey
{
    [Alias("create")]
    Task<Reply<VaultView>> CreateAsync(CreateVault request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<VaultView>> ReadAsync(CancellationToken cancellation);

    [Alias("issue-credential")]
    Task<Reply<CredentialView>> IssueCredentialAsync(IssueCredential request, CancellationToken cancellation);

    [Alias("revoke-credential")]
    Task<Reply<CredentialView>> RevokeCredentialAsync(RevokeCredential request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("credentials")]
    Task<Reply<CredentialList>> CredentialsAsync(CancellationToken cancellation);

    /// <summary>Judges a credential shown to the shelf (decision 18). Never says whether the vault exists.</summary>
    [Alias("authenticate")]
    Task<CredentialVerdict> AuthenticateAsync(AuthenticateCredential request, CancellationToken cancellation);

    /// <summary>Registers a credential of the availability prober: <see cref="CredentialStanding.Probe"/>, not among the customer's, and over after a day.</summary>
    [Alias("issue-probe-credential")]
    Task<Reply<ProbeCredentialView>> IssueProbeCredentialAsync(IssueProbeCredential request, CancellationToken cancellation);

    /// <summary>The shelf tells of snapshots, at least once each (decision 24); known names change nothing.</summary>
    [Alias("announce")]
    Task<Reply<VaultView>> AnnounceSnapshotsAsync(AnnounceSnapshots request, CancellationToken cancellation);

    /// <summary>The shelf tells what the vault holds; the later observation wins.</summary>
    [Alias("report-usage")]
    Task<Reply<VaultView>> ReportUsageAsync(ReportUsage request, CancellationToken cancellation);

    /// <summary>A set wants to be told of snapshots that arrive here. Idempotent.</summary>
    [Alias("watch")]
    Task<Reply<VaultView>> WatchAsync(WatchVault request, CancellationToken cancellation);
}
