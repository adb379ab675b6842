namespace BackupOnline.Agent.Hosting;

/// <summary>Why an attempt failed.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Fault">transient, busy, pointBroken, operator or machineGone: what it asks for.</param>
/// <param name="Text">What happened and what to do.</param>
internal sealed record FailurePart(string Code, string Fault, string Text);
