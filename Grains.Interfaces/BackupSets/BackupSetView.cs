namespace BackupOnline.Grains.Interfaces.BackupSets;

/// <summary>A backup set as front ends see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.set.view")]
public sealed record BackupSetView
{
    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required string Vault { get; init; }

    [Id(3)] public string? Host { get; init; }

    [Id(4)] public required TimeSpan ExpectedEvery { get; init; }

    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(6)] public DateTimeOffset? LastSnapshotAt { get; init; }

    [Id(7)] public string? LastSnapshot { get; init; }

    /// <summary>As of the moment of reading; lists show what was true at the last change, together with the times to judge it by.</summary>
    [Id(8)] public required Freshness Freshness { get; init; }

    [Id(9)] public required long Version { get; init; }
}
