namespace BackupOnline.Grains.Interfaces.Nodes;

/// <summary>A storage node as operators see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.node.view")]
public sealed record NodeView
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required string StorageUrl { get; init; }

    [Id(2)] public required string Hardware { get; init; }

    [Id(3)] public required string Site { get; init; }

    [Id(4)] public required long CapacityBytes { get; init; }

    [Id(5)] public required long FreeBytes { get; init; }

    [Id(6)] public required int Vaults { get; init; }

    [Id(7)] public required DateTimeOffset RegisteredAt { get; init; }

    [Id(8)] public required DateTimeOffset LastSeenAt { get; init; }

    [Id(9)] public required long Version { get; init; }
}
