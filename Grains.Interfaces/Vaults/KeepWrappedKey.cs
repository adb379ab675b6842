namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The storage node gives a vault its wrapped key. The first one stays; only the same key wrapped again with another master key replaces it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.keep-key")]
public sealed record KeepWrappedKey
{
    [Id(0)] public required string Node { get; init; }

    [Id(1)] public required WrappedKey Key { get; init; }

    /// <summary>The one that the node unwrapped to make this one, or null for a vault's first.</summary>
    [Id(2)] public WrappedKey? Replaces { get; init; }
}
