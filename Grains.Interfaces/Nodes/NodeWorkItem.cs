namespace BackupOnline.Grains.Interfaces.Nodes;

/// <summary>Names a piece of work: there is one of each kind and vault.</summary>
[GenerateSerializer, Immutable, Alias("bo.node.work-item")]
public sealed record NodeWorkItem
{
    [Id(0)] public required NodeWorkKind Kind { get; init; }

    [Id(1)] public required string Tenant { get; init; }

    [Id(2)] public required string Vault { get; init; }
}
