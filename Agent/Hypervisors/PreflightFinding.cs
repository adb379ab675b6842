namespace BackupOnline.Agent.Hypervisors;

/// <summary>One unmet prerequisite.</summary>
/// <param name="Code">Stable, kebab-case: <c>guest-agent-absent</c>.</param>
/// <param name="Text">What it is and what to do, for a person.</param>
internal sealed record PreflightFinding(string Code, string Text);
