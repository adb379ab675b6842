namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>In which form restored disks are written.</summary>
[GenerateSerializer, Alias("bo.vm.image-format")]
public enum VmImageFormat
{
    Raw = 0,

    Qcow2 = 1,

    Vhdx = 2,
}
