namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>What a run does.</summary>
[GenerateSerializer, Alias("bo.job.kind")]
public enum JobKind
{
    Backup = 0,
    Restore = 1,
    Check = 2,
}
