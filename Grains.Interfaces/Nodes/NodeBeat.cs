namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.beat")]
public sealed record NodeBeat
{
    [Id(0)] public required long CapacityBytes { get; init; }

    [Id(1)] public required long FreeBytes { get; init; }

    [Id(2)] public required int Vaults { get; init; }
}
