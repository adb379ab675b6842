namespace BackupOnline.Rules.VirtualMachines;

/// <summary>Why <see cref="VmDayRule"/> decides as it does.</summary>
public enum VmReason
{
    /// <summary>The day's instant has not come.</summary>
    NotDue = 0,

    /// <summary>The day's instant has come.</summary>
    Due = 1,

    /// <summary>It should have begun before: the service or the host was away, or the day before was lost.</summary>
    CatchUp = 2,

    /// <summary>A run is open.</summary>
    RunOpen = 3,

    /// <summary>The day has its point.</summary>
    Covered = 4,

    /// <summary>The day's run has failed for good.</summary>
    GivenUp = 5,

    Paused = 6,

    /// <summary>The run's day is over.</summary>
    DayOver = 7,
}
