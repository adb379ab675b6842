namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>What a run does.</summary>
[GenerateSerializer, Alias("bo.job.kind")]
public enum JobKind
{
    Backup = 0,
    Restore = 1,
    Check = 2,

    /// <summary>A point of a running virtual machine; ordered by the service, as all that follow.</summary>
    VmBackup = 3,
    VmRestore = 4,

    /// <summary>Compares random extents of a disk with its last point: does change tracking miss anything?</summary>
    VmAudit = 5,
    VmBootTest = 6,
}
