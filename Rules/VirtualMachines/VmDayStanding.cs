namespace BackupOnline.Rules.VirtualMachines;

/// <summary>What became of a civil day.</summary>
public enum VmDayStanding
{
    /// <summary>A good point lies in it.</summary>
    Covered = 0,

    /// <summary>It was owed, and no good point lies in it.</summary>
    Lost = 1,

    /// <summary>Nothing was owed: the machine was paused, or not there yet when the day was due.</summary>
    Excused = 2,
}
