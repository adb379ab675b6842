using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Records;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Vaults;

internal sealed class VaultState : RememberingState
{
    /// <summary>Decision 17.</summary>
    private static readonly TimeSpan DefaultImmutabilityWindow = TimeSpan.FromDays(7);

    public string Tenant { get; set; } = "";

    public string Name { get; set; } = "";

    public string Node { get; set; } = "";

    /// <summary>The node's address as last seen: it may change when the node starts again.</summary>
    public string? StorageUrl { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public long? QuotaBytes { get; set; }

    public long StoredBytes { get; set; }

    public long StoredObjects { get; set; }

    public DateTimeOffset? UsageAt { get; set; }

    public long SnapshotsArrived { get; set; }

    public DateTimeOffset? LastSnapshotAt { get; set; }

    public TimeSpan ImmutabilityWindow { get; set; } = DefaultImmutabilityWindow;

    /// <summary>Oldest first; the active ones, and the last of the revoked.</summary>
    public List<CredentialState> Credentials { get; set; } = [];

    /// <summary>The availability probers' own, oldest first; none of the customer's lists shows them.</summary>
    public List<ProbeCredentialState> Probes { get; set; } = [];

    /// <summary>Sets that are told of arrivals.</summary>
    public List<string> Watchers { get; set; } = [];

    public List<UntoldArrival> Untold { get; set; } = [];

    /// <summary>Decision 19.</summary>
    public bool Hot { get; set; }

    public WrappedKey? Key { get; set; }

    public DateTimeOffset? KeyReadyAt { get; set; }

    public List<SealWanted> SealsWanted { get; set; } = [];

    /// <summary>For hosts; at most one each.</summary>
    public List<SealMade> Seals { get; set; } = [];

    /// <summary>Oldest first; the last of those that are over stay for people to see.</summary>
    public List<KeyOpeningState> Openings { get; set; } = [];

    public List<SnapshotToForget> ToForget { get; set; } = [];

    /// <summary>Set with every order to forget, until a prune that has seen it is done.</summary>
    public bool PruneWanted { get; set; }

    public VaultView ToView(long version) => new()
    {
        Tenant = Tenant,
        Name = Name,
        Node = Node,
        Url = StorageUrl is null ? null : $"{StorageUrl.TrimEnd('/')}/{Tenant}/{Name}/",
        CreatedAt = CreatedAt,
        QuotaBytes = QuotaBytes,
        StoredBytes = StoredBytes,
        StoredObjects = StoredObjects,
        UsageAt = UsageAt,
        SnapshotsArrived = SnapshotsArrived,
        LastSnapshotAt = LastSnapshotAt,
        ImmutabilityWindow = ImmutabilityWindow,
        Version = version,
        Hot = Hot,
        KeyReadyAt = KeyReadyAt,
        SnapshotsToForget = ToForget.Count,
    };

    public override ListingRow ToListing(long version) =>
        new() { Kind = ListingKind.Vault, Scope = Tenant, Name = Name, View = ListingJson.Write(ToView(version)) };
}
