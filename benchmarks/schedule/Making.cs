namespace BackupOnline.Schedule;

/// <summary>How the table of other schedules was filled.</summary>
public sealed record Making(string How, int Schedules, TimeSpan Took)
{
    public double PerSecond => Schedules / Took.TotalSeconds;
}
