namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Whether a machine runs.</summary>
[GenerateSerializer, Alias("bo.vm.power")]
public enum VmPower
{
    Unknown = 0,

    Running = 1,

    Off = 2,

    Paused = 3,
}
