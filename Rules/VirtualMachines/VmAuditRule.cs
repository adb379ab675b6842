namespace BackupOnline.Rules.VirtualMachines;

/// <summary>Which disk's change tracking is audited tonight: one per host and night, each in its turn.</summary>
public static class VmAuditRule
{
    /// <summary>The disk that was never audited, else the one whose audit is oldest; ties go by id. Null without a disk.</summary>
    public static string? Next(IEnumerable<VmDiskAudit> disks) =>
        disks.OrderBy(disk => disk.AuditedAt is not null).ThenBy(disk => disk.AuditedAt).ThenBy(disk => disk.Disk, StringComparer.Ordinal).FirstOrDefault()?.Disk;

    /// <summary>The reasons to read disks whole that remain after a point: a disk that it read whole is as good as new.</summary>
    public static IReadOnlyDictionary<string, string> ReasonsAfter(IReadOnlyDictionary<string, string> reasons, IReadOnlySet<string> readWhole) =>
        reasons.Where(reason => !readWhole.Contains(reason.Key)).ToDictionary(reason => reason.Key, reason => reason.Value, StringComparer.Ordinal);
}
