namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.seal-made")]
public sealed record SealMade
{
    [Id(0)] public required SealWanted For { get; init; }

    /// <summary>Base64 of the sealed box; null when nothing can be sealed to the receiver's key, as it is not one.</summary>
    [Id(1)] public required string? Sealed { get; init; }
}
