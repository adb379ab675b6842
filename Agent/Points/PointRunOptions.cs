using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Points;

/// <summary>How a point is made.</summary>
internal sealed record PointRunOptions
{
    /// <summary>Name of the machine's folder in the snapshot: the machine's name at the service or on its host.</summary>
    public required string Folder { get; init; }

    /// <summary>Host name kept in the snapshot.</summary>
    public required string Host { get; init; }

    public required string ScratchFolder { get; init; }

    /// <summary>
    /// The service's job that ordered the point. A point that an earlier attempt of the same job has made is given back instead of a second one. Null: made by hand.
    /// </summary>
    public string? Job { get; init; }

    public Consistency Wanted { get; init; } = Consistency.Application;

    public bool AllowFallback { get; init; } = true;

    public TimeSpan? FreezeDeadline { get; init; }

    /// <summary>Bytes; null: the driver contract's default.</summary>
    public long? ScratchBudget { get; init; }

    public IReadOnlyCollection<string> ExcludedDisks { get; init; } = [];

    /// <summary>Disks to read whole, each with its reason; <see cref="AllDisks"/> stands for all.</summary>
    public IReadOnlyDictionary<string, string> ReadWhole { get; init; } = new Dictionary<string, string>();

    public const string AllDisks = "*";
}
