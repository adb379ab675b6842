using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Immutable, Alias("bo.node.work-list")]
public sealed record NodeWorkList
{
    /// <summary>Longest waiting first.</summary>
    [Id(0)] public required ImmutableArray<NodeWorkView> Items { get; init; }
}
