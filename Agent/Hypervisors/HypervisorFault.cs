namespace BackupOnline.Agent.Hypervisors;

/// <summary>What a failure asks for.</summary>
internal enum HypervisorFault
{
    /// <summary>May work by itself later: try again with back-off.</summary>
    Transient,

    /// <summary>Somebody else holds the machine: another driver, a migration, an operation of the hypervisor. Try again later.</summary>
    Busy,

    /// <summary>An open point can no longer be trusted (scratch full, connection cut, export lost). Abandon; a new run may work.</summary>
    PointBroken,

    /// <summary>A person has to act; the message says how.</summary>
    Operator,

    /// <summary>No machine of that id on this host.</summary>
    MachineGone,
}
