namespace BackupOnline.Agent.Door;

/// <summary>A run as the door shows it: what the agent needs of it.</summary>
internal sealed record Job(string? Id, int Attempt, string? Status);
