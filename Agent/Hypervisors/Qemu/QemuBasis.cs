using System.Globalization;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Decides from what a disk is read: incremental only when nothing at all speaks against it.</summary>
internal static class QemuBasis
{
    public static DiskBasis Of(QemuDisk disk, PointRequest request)
    {
        if (request.Base is not { } last)
            return new DiskBasis.Full(FullReason.First, "no point of this machine is committed");
        if (request.ReadWhole.TryGetValue(disk.DiskId, out var asked))
            return new DiskBasis.Full(FullReason.Asked, asked);
        if (!request.BaseDisks.TryGetValue(disk.DiskId, out var size))
            return new DiskBasis.Full(FullReason.First, "the last committed point does not hold this disk");
        if (size != disk.Size)
            return new DiskBasis.Full(FullReason.Resized, string.Create(CultureInfo.InvariantCulture, $"{size} bytes at the last committed point, {disk.Size} now"));
        if (disk.HasSnapshots)
            return new DiskBasis.Full(FullReason.TrackingUnsupported, "the image holds internal snapshots, and going back to one is not tracked");
        var bitmaps = disk.Bitmaps.Where(bitmap => bitmap.EpochOf(disk.DiskId) is not null).ToList();
        if (bitmaps.Find(bitmap => bitmap.EpochOf(disk.DiskId) == last) is not { } found)
        {
            return bitmaps.Find(bitmap => !bitmap.Inconsistent) is { } other
                ? new DiskBasis.Full(FullReason.BaseDiffers, $"changes are counted from {other.EpochOf(disk.DiskId)}, not from {last}")
                : new DiskBasis.Full(FullReason.TrackingLost, $"no bitmap of {last}: the machine was started anew, or its image was exchanged");
        }

        return found.Inconsistent ? new DiskBasis.Full(FullReason.TrackingLost, "the machine's process was killed, and its bitmap was not saved")
            : !found.Recording ? new DiskBasis.Full(FullReason.TrackingLost, "the bitmap stood still")
            : new DiskBasis.Incremental(last);
    }
}
