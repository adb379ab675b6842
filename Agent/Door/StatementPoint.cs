namespace BackupOnline.Agent.Door;

/// <summary>A slot on the ranked curve.</summary>
internal sealed record StatementPoint(int Position, long Slot, DateTimeOffset StartsAt, long Bytes);
