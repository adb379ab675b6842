namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A disk of a point that is being opened.</summary>
/// <param name="ScratchFile">Where its old contents go.</param>
/// <param name="ScratchSize">Bytes that they may take.</param>
internal sealed record QemuDiskPlan(QemuDisk Disk, DiskBasis Basis, string ScratchFile, long ScratchSize)
{
    public string DiskId => Disk.DiskId;

    /// <summary>The bitmap whose notes are read; null for a full disk.</summary>
    public string? BaseBitmap => Basis is DiskBasis.Incremental incremental ? QemuNames.Bitmap(incremental.Base, DiskId) : null;
}
