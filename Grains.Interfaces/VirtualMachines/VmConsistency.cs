namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What the data of a point agree with, the weakest first.</summary>
[GenerateSerializer, Alias("bo.vm.consistency")]
public enum VmConsistency
{
    /// <summary>As after a power cut: all disks at one instant.</summary>
    Crash = 0,

    /// <summary>The guest's file systems were frozen.</summary>
    FileSystem = 1,

    /// <summary>The guest's applications were quiesced too.</summary>
    Application = 2,
}
