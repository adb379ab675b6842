namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Whose fault the failure of an attempt is.</summary>
[GenerateSerializer, Alias("bo.vm.fault")]
public enum VmFault
{
    /// <summary>It may pass by itself.</summary>
    Transient = 0,

    /// <summary>Another operation holds the machine.</summary>
    Busy = 1,

    /// <summary>The point broke, for example because its scratch was full.</summary>
    PointBroken = 2,

    /// <summary>A person has to do something first.</summary>
    Operator = 3,

    /// <summary>The host has no such machine any more.</summary>
    MachineGone = 4,
}
