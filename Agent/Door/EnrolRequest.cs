namespace BackupOnline.Agent.Door;

internal sealed record EnrolRequest(string Code, string PublicKey, IReadOnlyList<string> Capabilities);
