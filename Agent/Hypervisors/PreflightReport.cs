namespace BackupOnline.Agent.Hypervisors;

/// <summary>What a machine lacks for a hot backup (contract article 3.1: integration services).</summary>
internal sealed record PreflightReport
{
    public required GuestAgentState Agent { get; init; }

    public required IReadOnlyList<PreflightDisk> Disks { get; init; }

    /// <summary>No point can be opened until these are gone.</summary>
    public IReadOnlyList<PreflightFinding> Blockers { get; init; } = [];

    /// <summary>A point can be opened, but not as good as it might be.</summary>
    public IReadOnlyList<PreflightFinding> Warnings { get; init; } = [];
}
