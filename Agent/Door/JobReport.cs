namespace BackupOnline.Agent.Door;

internal sealed record JobReport(int Attempt, JobProgress Progress);
