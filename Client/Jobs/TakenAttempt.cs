using BackupOnline.Grains.Interfaces.Jobs;

namespace BackupOnline.Client.Jobs;

/// <summary>An attempt that a host has taken: its lease, and what to do.</summary>
internal sealed record TakenAttempt
{
    public required JobView Job { get; init; }

    public required AttemptOrder Order { get; init; }
}
