using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>All work that is offered now, the oldest first.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.work-list")]
public sealed record WorkList
{
    [Id(0)] public required ImmutableArray<WorkOffer> Items { get; init; }
}
