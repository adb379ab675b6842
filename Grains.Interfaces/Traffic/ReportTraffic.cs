using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A node's cumulative counters of one tenant: every slot that changed since the last acknowledged report.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.report")]
public sealed record ReportTraffic
{
    [Id(0)] public required string Node { get; init; }

    /// <summary>Names one life of the node's process: counters of different boots add up.</summary>
    [Id(1)] public required string Boot { get; init; }

    [Id(2)] public required ImmutableArray<SlotTraffic> Slots { get; init; }
}
