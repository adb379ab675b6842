using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.BackupSets;

internal sealed record CreateBackupSetBody : CheckedBody
{
    [Name]
    public required string Name { get; init; }

    [Name]
    public required string Vault { get; init; }

    /// <summary>The host whose snapshots count, or null for any credential of the vault (stock restic).</summary>
    [Name]
    public string? Host { get; init; }

    /// <summary>A snapshot is expected at least this often, 1 hour to 366 days: <c>1.00:00:00</c> is one day.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00", ErrorMessage = "must be 01:00:00 (an hour) to 366.00:00:00 (366 days).", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public required TimeSpan ExpectedEvery { get; init; }
}
