namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A dirty bitmap as QEMU tells of it.</summary>
/// <param name="Recording">Enabled: takes note of writes.</param>
/// <param name="Inconsistent">Was not saved when QEMU ended: of no use but to be removed.</param>
internal sealed record QemuBitmap(string Name, bool Recording, bool Inconsistent)
{
    /// <summary>The epoch when it is ours and of this disk, else null.</summary>
    public Epoch? EpochOf(string diskId)
    {
        var dot = Name.LastIndexOf('.');
        return dot > 0 && Name[(dot + 1)..] == QemuNames.Digest(diskId) ? Epoch.Parse(Name[..dot]) : null;
    }

    /// <summary>Whether a driver of this machine made it, for whatever disk.</summary>
    public bool IsOf(string stableId)
    {
        var dot = Name.LastIndexOf('.');
        return dot > 0 && Epoch.Parse(Name[..dot]) is { } epoch && epoch.IsOf(stableId);
    }
}
