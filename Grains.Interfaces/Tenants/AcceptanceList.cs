using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Tenants;

[GenerateSerializer, Immutable, Alias("bo.tenant.acceptances")]
public sealed record AcceptanceList
{
    [Id(0)] public required ImmutableArray<AcceptanceView> Items { get; init; }
}
