namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>DPM's names of alerts, and what to do about each.</summary>
internal static class DpmAlertNames
{
    public static DpmAlertKind Kind(string name) => name switch
    {
        "SynchronizationFailed" or "SynchronizationFailedAlert" => DpmAlertKind.SynchronizationFailed,
        "ShadowCopyFailed" or "ShadowCopyFailedAlert" => DpmAlertKind.RecoveryPointFailed,
        "ReplicaInInvalidState" or "ReplicaInInvalidStateAlert" => DpmAlertKind.ReplicaInvalid,
        "ReplicaInMissingState" or "ReplicaMissingState" or "ReplicaInMissingStateAlert" => DpmAlertKind.ReplicaMissing,
        "AgentUnreachable" or "AgentUnreachableAlert" => DpmAlertKind.AgentUnreachable,
        "DiskThresholdCrossed" or "DiskThresholdCrossedAlert" => DpmAlertKind.DiskFull,
        "RecoveryFailed" or "RecoveryFailedAlert" => DpmAlertKind.RecoveryFailed,
        _ => DpmAlertKind.Other,
    };

    public static string Advice(DpmAlertKind kind) => kind switch
    {
        DpmAlertKind.SynchronizationFailed => "DPM could not copy the machine's changes: look at the guest's VSS writers, then run the backup again",
        DpmAlertKind.RecoveryPointFailed => "DPM could not make the recovery point: run the backup again, and look at the space of its storage pool",
        DpmAlertKind.ReplicaInvalid => "DPM's copy no longer agrees with the machine: run a consistency check",
        DpmAlertKind.ReplicaMissing => "DPM lost its copy of the machine: its storage has to be attached again, or the first copy made anew",
        DpmAlertKind.AgentUnreachable => "DPM's agent on the host does not answer: look at its service and at the firewall",
        DpmAlertKind.DiskFull => "DPM's storage is filling up: give it room; its jobs fail before its older points go",
        DpmAlertKind.RecoveryFailed => "a restore failed: look at the target's space and rights, then run it again",
        _ => "look at the alert in DPM's console",
    };
}
