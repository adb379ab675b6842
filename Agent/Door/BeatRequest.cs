namespace BackupOnline.Agent.Door;

internal sealed record BeatRequest(IReadOnlyList<string> Capabilities);
