using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Tenants;

/// <summary>One customer: profile, acceptance of terms, quota, suspension. Key: <see cref="Names.TenantKey"/>.</summary>
[Alias("bo.tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    [Alias("create")]
    Task<Reply<TenantView>> CreateAsync(CreateTenant request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<TenantView>> ReadAsync(CancellationToken cancellation);

    /// <summary>Changes profile and quota; refused with <see cref="RefusalKind.Stale"/> when the version is not the present one.</summary>
    [Alias("edit")]
    Task<Reply<TenantView>> EditAsync(EditTenant request, CancellationToken cancellation);

    /// <summary>Records the acceptance of a document (contract articles 1 and 2).</summary>
    [Alias("accept")]
    Task<Reply<AcceptanceView>> AcceptTermsAsync(AcceptTerms request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("acceptances")]
    Task<Reply<AcceptanceList>> AcceptancesAsync(CancellationToken cancellation);

    /// <summary>The times in which the tenant was or is suspended: no availability is owed then.</summary>
    [AlwaysInterleave]
    [Alias("suspensions")]
    Task<Reply<SuspensionList>> SuspensionsAsync(CancellationToken cancellation);

    /// <summary>Suspends or resumes the service (contract article 5: immediate and reversible).</summary>
    [Alias("suspend")]
    Task<Reply<TenantView>> SuspendAsync(SuspendTenant request, CancellationToken cancellation);

    /// <summary>Takes a vault's share of the tenant's quota. Idempotent by the vault's name.</summary>
    [Alias("admit-vault")]
    Task<Reply<TenantView>> AdmitVaultAsync(AdmitVault request, CancellationToken cancellation);
}
