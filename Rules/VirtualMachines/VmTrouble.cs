namespace BackupOnline.Rules.VirtualMachines;

/// <summary>Why a day is at risk.</summary>
public enum VmTrouble
{
    /// <summary>The host has not been heard of.</summary>
    HostAway = 0,

    /// <summary>The host is there, and has not taken up the run.</summary>
    NotTakenUp = 1,

    /// <summary>Attempts fail again and again.</summary>
    AttemptsFail = 2,

    /// <summary>A person has to do something first.</summary>
    OperatorNeeded = 3,

    /// <summary>The host has no such machine any more.</summary>
    MachineGone = 4,

    /// <summary>The day's run has failed for good.</summary>
    GivenUp = 5,
}
