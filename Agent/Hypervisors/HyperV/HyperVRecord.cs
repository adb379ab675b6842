namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>What the driver remembers of a machine between runs: Hyper-V itself keeps no name of ours with a reference point.</summary>
internal sealed record HyperVRecord
{
    public required string Machine { get; init; }

    /// <summary>The last epoch that was committed, with what its changes are counted from.</summary>
    public HyperVBase? Committed { get; init; }

    /// <summary>A point that was opened and not yet decided.</summary>
    public HyperVOpening? Open { get; init; }

    /// <summary>Reference points of ours that could not be destroyed yet.</summary>
    public IReadOnlyList<string> Obsolete { get; init; } = [];
}
