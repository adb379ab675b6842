namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A vault as front ends see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.view")]
public sealed record VaultView
{
    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required string Name { get; init; }

    /// <summary>The storage node that holds the primary copy.</summary>
    [Id(2)] public required string Node { get; init; }

    /// <summary>The shelf's address of this vault as agents see it, without credentials: <c>http://127.0.0.1:8081/acme/main/</c>; null while the node has not announced itself.</summary>
    [Id(3)] public string? Url { get; init; }

    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(5)] public long? QuotaBytes { get; init; }

    /// <summary>Bytes of visible objects at <see cref="UsageAt"/>.</summary>
    [Id(6)] public required long StoredBytes { get; init; }

    [Id(7)] public required long StoredObjects { get; init; }

    [Id(8)] public DateTimeOffset? UsageAt { get; init; }

    /// <summary>How many snapshot objects have ever arrived.</summary>
    [Id(9)] public required long SnapshotsArrived { get; init; }

    /// <summary>When the newest snapshot object arrived, by the shelf's clock: the proof of the last backup.</summary>
    [Id(10)] public DateTimeOffset? LastSnapshotAt { get; init; }

    [Id(11)] public required TimeSpan ImmutabilityWindow { get; init; }

    [Id(12)] public required long Version { get; init; }

    /// <summary>Whether the provider keeps the vault's key (decision 19); a cold vault's key is the customer's alone.</summary>
    [Id(13)] public bool Hot { get; init; }

    /// <summary>When a hot vault's repository was made and its key could be given to hosts; null before, and for cold vaults.</summary>
    [Id(14)] public DateTimeOffset? KeyReadyAt { get; init; }

    /// <summary>Snapshots of a hot vault that are ordered to be forgotten and still there.</summary>
    [Id(15)] public int SnapshotsToForget { get; init; }
}
