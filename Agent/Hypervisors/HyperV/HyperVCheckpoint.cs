namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>A recovery checkpoint that was made.</summary>
/// <param name="Held">Upper bound for how long the guest's file systems were frozen; zero when they were not.</param>
internal sealed record HyperVCheckpoint(HyperVSnapshot Snapshot, Consistency Achieved, string? FallbackReason, DateTimeOffset At, TimeSpan Held);
