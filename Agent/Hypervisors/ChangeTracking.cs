namespace BackupOnline.Agent.Hypervisors;

/// <summary>How well the hypervisor can track changes of a disk.</summary>
internal enum ChangeTracking
{
    /// <summary>Survives a restart of the machine.</summary>
    Persistent,

    /// <summary>Lost with the machine's process: the next point is full.</summary>
    Volatile,

    /// <summary>None: every point is full.</summary>
    None,

    /// <summary>The disk cannot be in a point at all (pass-through, guest's own iSCSI).</summary>
    NotSnapshottable,
}
