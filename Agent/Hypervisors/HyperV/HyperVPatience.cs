namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>How long the driver waits for a host.</summary>
internal sealed record HyperVPatience
{
    /// <summary>Between two looks at a job. Default 500 ms.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>For one job. Default 15 minutes: a checkpoint waits for the writers of the guest, and a destroyed one for the storage.</summary>
    public TimeSpan Job { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For a machine that another operation holds, such as the merge after an earlier point. Default 2 minutes; then the run is tried again later.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromMinutes(2);
}
