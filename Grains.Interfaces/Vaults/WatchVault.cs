namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.watch")]
public sealed record WatchVault
{
    /// <summary>The backup set, by name within the tenant.</summary>
    [Id(0)] public required string Set { get; init; }
}
