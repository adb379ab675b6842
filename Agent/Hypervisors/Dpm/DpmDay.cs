namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>Whether a day has its point.</summary>
/// <param name="Point">The last one of the day; null: none.</param>
internal sealed record DpmDay(DateOnly Day, DpmRecoveryPoint? Point)
{
    public bool IsCovered => Point is not null;
}
