namespace BackupOnline.Grains.Interfaces.Schedules;

/// <summary>How a firing ended.</summary>
[GenerateSerializer, Alias("bo.schedule.result")]
public enum FiringResult
{
    Done = 0,
    Failed = 1,
    Ended = 2,
}
