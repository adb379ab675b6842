namespace BackupOnline.Agent.Door;

/// <summary>kind: backup, restore or check.</summary>
internal sealed record JobRequest(string Kind, string Vault);
