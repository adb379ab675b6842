namespace BackupOnline.Agent.Hypervisors;

/// <summary>Whether a machine runs.</summary>
internal enum PowerState
{
    Off,
    Running,
    Paused,

    /// <summary>Busy with an operation of the hypervisor, or not reachable.</summary>
    Unknown,
}
