namespace BackupOnline.Client.Health;

internal sealed record HealthView(string Status);
