namespace BackupOnline.Agent.Door;

/// <summary>The run's last word. The message is at most 500 characters and holds no secret.</summary>
internal sealed record JobOutcome(int Attempt, int ExitCode, string? Snapshot, string? Message, JobProgress? Progress);
