using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Tenants;

/// <summary>Oldest first.</summary>
[GenerateSerializer, Immutable, Alias("bo.tenant.suspensions")]
public sealed record SuspensionList
{
    [Id(0)] public required ImmutableArray<SuspensionSpan> Items { get; init; }
}
