namespace BackupOnline.Persistence.Schedules;

/// <summary>What became of a claimed firing.</summary>
public sealed record EndedFiring
{
    public required ClaimedFiring Firing { get; init; }

    public required FiringEnding Ending { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The next due instant after <see cref="FiringEnding.Done"/>; otherwise when the same one is delivered again.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    public string? Why { get; init; }

    /// <summary>Late or failed: goes into the record of troubles.</summary>
    public bool IsTrouble { get; init; }
}
