namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>How the hypervisor tracks changes of a disk.</summary>
[GenerateSerializer, Alias("bo.vm.tracking")]
public enum VmTracking
{
    /// <summary>Every point reads the whole disk.</summary>
    None = 0,

    /// <summary>Survives a stop of the machine.</summary>
    Persistent = 1,

    /// <summary>Lost with the machine's process.</summary>
    Volatile = 2,

    /// <summary>The disk cannot be backed up while the machine runs.</summary>
    NotSnapshottable = 3,
}
