using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>What a hot vault wants of its storage node: all of it, each time that the node asks.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.storage-order")]
public sealed record StorageOrder
{
    /// <summary>Null until the storage side has made the vault's key.</summary>
    [Id(0)] public WrappedKey? Key { get; init; }

    /// <summary>Whether the repository is made, so that keys may be given out.</summary>
    [Id(1)] public required bool Ready { get; init; }

    /// <summary>Bytes that the vault may hold, or null.</summary>
    [Id(2)] public long? QuotaBytes { get; init; }

    [Id(3)] public required TimeSpan ImmutabilityWindow { get; init; }

    [Id(4)] public required ImmutableArray<SealWanted> Seals { get; init; }

    [Id(5)] public required ImmutableArray<SnapshotToForget> Forget { get; init; }
}
