namespace BackupOnline.Agent.Lines;

internal sealed record ErrorText(string Message);
