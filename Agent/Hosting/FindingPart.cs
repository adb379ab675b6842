namespace BackupOnline.Agent.Hosting;

/// <summary>An unmet prerequisite.</summary>
internal sealed record FindingPart(string Code, string Text);
