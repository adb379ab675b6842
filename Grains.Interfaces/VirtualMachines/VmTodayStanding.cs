namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Where the present civil day stands.</summary>
[GenerateSerializer, Alias("bo.vm.today-standing")]
public enum VmTodayStanding
{
    /// <summary>Its instant has not come.</summary>
    Waiting = 0,

    /// <summary>Its run is offered to the host.</summary>
    Queued = 1,

    /// <summary>Its run is under way.</summary>
    Running = 2,

    /// <summary>It has its point.</summary>
    Covered = 3,

    /// <summary>Its run has failed for good.</summary>
    GivenUp = 4,

    Paused = 5,

    /// <summary>The service of the tenant is closed: no run is opened.</summary>
    Closed = 6,
}
