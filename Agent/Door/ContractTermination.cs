namespace BackupOnline.Agent.Door;

/// <summary>How the contract ends.</summary>
internal sealed record ContractTermination(string? Kind, DateTimeOffset EndsAt);
