namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>From what a disk was read.</summary>
[GenerateSerializer, Alias("bo.vm.basis")]
public enum VmDiskBasis
{
    /// <summary>The whole disk.</summary>
    Full = 0,

    /// <summary>What changed since the point before.</summary>
    Incremental = 1,
}
