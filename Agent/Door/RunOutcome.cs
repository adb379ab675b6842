namespace BackupOnline.Agent.Door;

/// <summary>How a verb ended, for the door: exit code, the snapshot that it made, a sentence without secrets.</summary>
internal sealed record RunOutcome(int ExitCode, string? Snapshot, string Message);
