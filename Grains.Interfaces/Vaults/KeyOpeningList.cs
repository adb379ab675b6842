using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.openings")]
public sealed record KeyOpeningList
{
    /// <summary>Newest first, without sealed keys.</summary>
    [Id(0)] public required ImmutableArray<KeyOpeningView> Items { get; init; }
}
