namespace BackupOnline.Agent.Lines;

/// <summary>A machine was made anew.</summary>
internal sealed record MachineRestoredLine(string MessageType, string SnapshotId, string Name, string Where);
