using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.lease-work")]
public sealed record LeaseNodeWork
{
    /// <summary>Made at each start of the worker, 1 to 64 characters: a node has one worker, so what an earlier one still holds is given back at once.</summary>
    [Id(0)] public required string Boot { get; init; }

    [Id(1)] public required ImmutableArray<NodeWorkKind> Kinds { get; init; }
}
