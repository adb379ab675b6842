using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.BackupSets;

[GenerateSerializer, Immutable, Alias("bo.set.create")]
public sealed record CreateBackupSet
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Vault { get; init; }

    /// <summary>The host whose snapshots count, or null for any credential of the vault (stock restic).</summary>
    [Id(2)] public string? Host { get; init; }

    /// <summary>A snapshot is expected at least this often; 1 hour to 366 days.</summary>
    [Id(3)] public required TimeSpan ExpectedEvery { get; init; }
}
