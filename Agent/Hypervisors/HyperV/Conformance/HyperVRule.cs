namespace BackupOnline.Agent.Hypervisors.HyperV.Conformance;

/// <summary>One thing that the driver relies on, as the simulator of its tests has it.</summary>
/// <param name="Id">Stable, kebab-case.</param>
/// <param name="Text">What holds.</param>
/// <param name="Source">Last part of the page's address under learn.microsoft.com/windows/win32/hyperv_v2/.</param>
internal sealed record HyperVRule(string Id, string Text, string Source);
