using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>The probers of the last hour, by name.</summary>
[GenerateSerializer, Immutable, Alias("bo.probe-desk.probers")]
public sealed record ProberList
{
    [Id(0)] public required ImmutableArray<ProberView> Items { get; init; }
}
