namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A disk of a running machine.</summary>
/// <param name="DiskId">Id of the device; the image may be exchanged or moved behind it.</param>
/// <param name="Device">Path of the device in QEMU's tree of objects.</param>
/// <param name="Node">Name of the node that the device looks at.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Format">qcow2, raw, vhdx.</param>
/// <param name="HasSnapshots">The image holds internal snapshots: going back to one changes contents without a note in any bitmap.</param>
/// <param name="SkipReason">Why it cannot be in a point; null when it can.</param>
internal sealed record QemuDisk(
    string DiskId, string Device, string Node, long Size, string Format, ChangeTracking Tracking, bool HasSnapshots, IReadOnlyList<QemuBitmap> Bitmaps, string? SkipReason)
{
    public PreflightDisk Preflight => new(DiskId, Size, Format, Tracking);
}
