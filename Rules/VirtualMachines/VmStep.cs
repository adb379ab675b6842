namespace BackupOnline.Rules.VirtualMachines;

/// <summary>What is to be done now.</summary>
public enum VmStep
{
    Wait = 0,

    /// <summary>Open the run of the day and offer it to the host.</summary>
    Open = 1,

    /// <summary>Take back a run whose day is over or that nobody wants any more; then decide again.</summary>
    Withdraw = 2,
}
