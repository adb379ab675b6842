namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>What an alert means for a day's point.</summary>
internal enum DpmAlertKind
{
    /// <summary>A name that this program does not know: shown, and taken for a reason to look.</summary>
    Other,

    SynchronizationFailed,
    RecoveryPointFailed,
    ReplicaInvalid,
    ReplicaMissing,
    AgentUnreachable,
    DiskFull,
    RecoveryFailed,
}
