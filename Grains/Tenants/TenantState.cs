using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Records;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Placement;

namespace BackupOnline.Grains.Tenants;

internal sealed class TenantState : RememberingState
{
    public string Name { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public long? QuotaBytes { get; set; }

    /// <summary>The provider's own hold.</summary>
    public bool Suspended { get; set; }

    /// <summary>The contract's hold.</summary>
    public bool SuspendedByContract { get; set; }

    /// <summary>Oldest first; the last one is open while the tenant is suspended.</summary>
    public List<SuspensionSpan> Suspensions { get; set; } = [];

    public List<AcceptanceView> Acceptances { get; set; } = [];

    /// <summary>Admitted vaults with the quota of their own, null for those without.</summary>
    public SortedDictionary<string, long?> Vaults { get; set; } = new(StringComparer.Ordinal);

    public TenantView ToView(long version) => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        CreatedAt = CreatedAt,
        QuotaBytes = QuotaBytes,
        Suspended = Suspended || SuspendedByContract,
        SuspendedBy = [.. Suspended ? [SuspensionCause.Provider] : Array.Empty<SuspensionCause>(), .. SuspendedByContract ? [SuspensionCause.Contract] : Array.Empty<SuspensionCause>()],
        TermsAccepted = Terms.All.All(document => Acceptances.Exists(a => a.Document == document)),
        Vaults = [.. Vaults.Keys],
        Version = version,
        RestQuotaBytes = QuotaRule.RestBytes(QuotaBytes, Vaults.Values),
    };

    public override ListingRow ToListing(long version) =>
        new() { Kind = ListingKind.Tenant, Scope = LogKey.Provider, Name = Name, View = ListingJson.Write(ToView(version)) };
}
