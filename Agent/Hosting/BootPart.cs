namespace BackupOnline.Agent.Hosting;

/// <summary>Verdict of a boot test.</summary>
/// <param name="Verdict">A short sentence.</param>
/// <param name="Picture">The screen as PNG, base64, at most 512 KiB; null when there was none.</param>
internal sealed record BootPart(bool Good, string Verdict, double Seconds, string? Picture);
