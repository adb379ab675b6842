using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.register")]
public sealed record RegisterNode
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The shelf's base address as agents see it: <c>BACKUPONLINE_STORAGE_URL</c>.</summary>
    [Id(1)] public required string StorageUrl { get; init; }

    /// <summary>Identity of the hardware and of the site: a copy must not lie on the protected machine's own (contract article 6).</summary>
    [Id(2)] public required string Hardware { get; init; }

    [Id(3)] public required string Site { get; init; }

    [Id(4)] public required long CapacityBytes { get; init; }

    [Id(5)] public required long FreeBytes { get; init; }
}
