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

    /// <summary>Orders snapshots of a hot vault to be forgotten, and the vault to be pruned, by the worker of its storage node. Idempotent.</summary>
    [Alias("forget")]
    Task<Reply<VaultView>> ForgetAsync(ForgetSnapshots request, CancellationToken cancellation);

    /// <summary>The hot vault's key, sealed to the enrolment key of a host whose vault this is; <c>key-not-ready</c> until the storage side has sealed it.</summary>
    [Alias("ask-sealed-key")]
    Task<Reply<SealedKey>> SealedKeyAsync(AskSealedKey request, CancellationToken cancellation);

    [Alias("request-opening")]
    Task<Reply<KeyOpeningView>> RequestKeyOpeningAsync(RequestKeyOpening request, CancellationToken cancellation);

    [Alias("approve-opening")]
    Task<Reply<KeyOpeningView>> ApproveKeyOpeningAsync(ApproveKeyOpening request, CancellationToken cancellation);

    /// <summary>One opening, with its sealed key when there is one; each time that the key is given out is in the log.</summary>
    [Alias("read-opening")]
    Task<Reply<KeyOpeningView>> ReadKeyOpeningAsync(Caller caller, string opening, CancellationToken cancellation);

    [Alias("openings")]
    Task<Reply<KeyOpeningList>> KeyOpeningsAsync(CancellationToken cancellation);

    /// <summary>The storage node asks what a hot vault wants of it.</summary>
    [Alias("storage-order")]
    Task<Reply<StorageOrder>> StorageOrderAsync(string node, CancellationToken cancellation);

    /// <summary>Keeps the wrapped key, unless there is another; answers with what holds now.</summary>
    [Alias("keep-key")]
    Task<Reply<StorageOrder>> KeepWrappedKeyAsync(KeepWrappedKey request, CancellationToken cancellation);

    [Alias("key-work-done")]
    Task<Reply<VaultView>> ReportKeyWorkAsync(ReportKeyWork request, CancellationToken cancellation);

    [Alias("forgotten")]
    Task<Reply<VaultView>> ReportForgottenAsync(ReportForgotten request, CancellationToken cancellation);

    [Alias("pruned")]
    Task<Reply<VaultView>> ReportPrunedAsync(ReportPruned request, CancellationToken cancellation);
}
