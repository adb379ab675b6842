namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>
/// What has to be done to a disk's bitmaps so that exactly the one of the last committed epoch goes on counting: older ones are done with; newer ones belong
/// to points that never came into the repository, and what they noted belongs to the kept one. Where the kept one cannot be trusted nothing is kept.
/// </summary>
/// <param name="Keep">The bitmap that goes on; null when none does.</param>
/// <param name="Merge">Bitmaps whose notes go into <paramref name="Keep"/>; it is enabled at the same instant.</param>
/// <param name="Remove">Bitmaps to be removed afterwards.</param>
internal sealed record QemuRoll(string? Keep, IReadOnlyList<string> Merge, IReadOnlyList<string> Remove)
{
    public bool IsEmpty => Merge.Count == 0 && Remove.Count == 0;

    public static QemuRoll Plan(QemuDisk disk, string machine, Epoch? lastCommitted)
    {
        var ours = disk.Bitmaps.Where(bitmap => bitmap.IsOf(machine)).ToList();
        var kept = lastCommitted is null ? null : ours.Find(bitmap => bitmap.EpochOf(disk.DiskId) == lastCommitted);
        var newer = kept is null ? [] : ours.Where(bitmap => bitmap.EpochOf(disk.DiskId) is { } epoch && epoch.Sequence > lastCommitted!.Value.Sequence).ToList();

        // A kept one that stands still is whole only together with one that was made before it was halted.
        var trusted = kept is { Inconsistent: false } && !newer.Exists(bitmap => bitmap.Inconsistent || !bitmap.Recording) && (kept.Recording || newer.Count > 0);
        return trusted
            ? new QemuRoll(kept!.Name, [.. newer.Select(bitmap => bitmap.Name)], [.. ours.Where(bitmap => bitmap != kept).Select(bitmap => bitmap.Name)])
            : new QemuRoll(null, [], [.. ours.Select(bitmap => bitmap.Name)]);
    }
}
