namespace BackupOnline.Agent.Hosting;

/// <summary>A machine of this host with what its preflight found.</summary>
internal sealed record MachinePart
{
    public required string MachineId { get; init; }

    public required string Name { get; init; }

    /// <summary>running, off, paused or unknown.</summary>
    public required string Power { get; init; }

    /// <summary>ok, degraded, noContact, lost, incompatible or absent.</summary>
    public required string Agent { get; init; }

    public required IReadOnlyList<MachineDiskPart> Disks { get; init; }

    public required IReadOnlyList<FindingPart> Blockers { get; init; }

    public required IReadOnlyList<FindingPart> Warnings { get; init; }
}
