using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Records;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Nodes;

internal sealed class NodeState : RememberingState
{
    public string Name { get; set; } = "";

    public string StorageUrl { get; set; } = "";

    public string Hardware { get; set; } = "";

    public string Site { get; set; } = "";

    public long CapacityBytes { get; set; }

    public long FreeBytes { get; set; }

    public int Vaults { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The worker's queue: at most one of each kind and vault.</summary>
    public List<NodeWorkState> Work { get; set; } = [];

    /// <summary>Leases given so far: each has a number of its own, so that a word about an earlier one is known as such.</summary>
    public int WorkLeases { get; set; }

    public NodeView ToView(long version) => new()
    {
        Name = Name,
        StorageUrl = StorageUrl,
        Hardware = Hardware,
        Site = Site,
        CapacityBytes = CapacityBytes,
        FreeBytes = FreeBytes,
        Vaults = Vaults,
        RegisteredAt = RegisteredAt,
        LastSeenAt = LastSeenAt,
        Version = version,
    };

    public override ListingRow ToListing(long version) =>
        new() { Kind = ListingKind.Node, Scope = LogKey.Provider, Name = Name, View = ListingJson.Write(ToView(version)) };
}
