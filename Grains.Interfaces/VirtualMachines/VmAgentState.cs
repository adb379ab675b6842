namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>How far the guest can be asked to freeze.</summary>
[GenerateSerializer, Alias("bo.vm.agent-state")]
public enum VmAgentState
{
    /// <summary>Not installed, or not connected.</summary>
    Absent = 0,

    Ok = 1,

    /// <summary>An older one that works.</summary>
    Degraded = 2,

    /// <summary>Installed perhaps, no contact yet.</summary>
    NoContact = 3,

    /// <summary>There was contact, and there is none.</summary>
    Lost = 4,

    Incompatible = 5,
}
