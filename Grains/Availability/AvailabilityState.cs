using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Records;

namespace BackupOnline.Grains.Availability;

/// <summary>What is not in tables: results are runs (<c>probe_run</c>), sealed months are rows.</summary>
internal sealed class AvailabilityState : RememberingState
{
    public DateTimeOffset BeganAt { get; set; }

    /// <summary>The first month that is not sealed, <c>2026-11</c>.</summary>
    public string NextMonth { get; set; } = "";

    /// <summary>Of the last correction; they are numbered from 1.</summary>
    public int LastCorrection { get; set; }

    /// <summary>In order: those of months that are not sealed, and those that came after a seal.</summary>
    public List<CorrectionView> Corrections { get; set; } = [];

    /// <summary>Vaults whose alarm is raised.</summary>
    public SortedDictionary<string, DownVault> Down { get; set; } = new(StringComparer.Ordinal);
}
