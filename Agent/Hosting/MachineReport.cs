namespace BackupOnline.Agent.Hosting;

/// <summary>What this host has: told to the door at start and every few minutes.</summary>
/// <param name="Unproven">What the driver was never tried on; null when everything was.</param>
internal sealed record MachineReport(string Driver, string? Unproven, IReadOnlyList<MachinePart> Machines);
