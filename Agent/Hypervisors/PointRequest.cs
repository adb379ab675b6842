namespace BackupOnline.Agent.Hypervisors;

/// <summary>How a point is to be opened.</summary>
internal sealed record PointRequest
{
    public required Epoch New { get; init; }

    /// <summary>The epoch of the last committed point; null: every disk is read whole.</summary>
    public Epoch? Base { get; init; }

    /// <summary>Disks of the last committed point and their sizes: a disk is incremental only when both are equal.</summary>
    public IReadOnlyDictionary<string, long> BaseDisks { get; init; } = new Dictionary<string, long>();

    public Consistency Wanted { get; init; } = Consistency.Application;

    /// <summary>Whether a weaker consistency than wanted is better than no point. Recorded with the point.</summary>
    public bool AllowFallback { get; init; } = true;

    /// <summary>The guest is thawed after this long, point or no point. Default 5 s; Windows thaws by itself after 10 s.</summary>
    public TimeSpan FreezeDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that old contents may take while the point is open; when they are used up the point breaks, not the guest.</summary>
    public long ScratchBudget { get; init; } = 10L << 30;

    /// <summary>Where scratch lies; a folder of the host with room for the budget.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Disks that the operator left out.</summary>
    public IReadOnlyCollection<string> ExcludedDisks { get; init; } = [];

    /// <summary>Read these disks whole, whatever the tracking says, each with its reason.</summary>
    public IReadOnlyDictionary<string, string> ReadWhole { get; init; } = new Dictionary<string, string>();
}
