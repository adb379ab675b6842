namespace BackupOnline.Rules.VirtualMachines;

/// <summary>Whose fault the failure of an attempt is, as far as it decides what happens next.</summary>
public enum VmFault
{
    /// <summary>It may be gone in a minute: a cut, a timeout, an agent that did not say more.</summary>
    Transient = 0,

    /// <summary>Another operation holds the machine.</summary>
    Busy = 1,

    /// <summary>The point broke (scratch full, snapshot overwritten): a new point is needed.</summary>
    PointBroken = 2,

    /// <summary>A person has to do something first.</summary>
    Operator = 3,

    /// <summary>The host has no such machine any more.</summary>
    MachineGone = 4,
}
