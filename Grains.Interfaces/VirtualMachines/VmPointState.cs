namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What a recovery point is worth.</summary>
[GenerateSerializer, Alias("bo.vm.point-state")]
public enum VmPointState
{
    /// <summary>Complete and trusted.</summary>
    Good = 0,

    /// <summary>Complete, but an audit or a boot test speaks against it: kept as a good one, and trusted for nothing.</summary>
    Suspect = 1,
}
