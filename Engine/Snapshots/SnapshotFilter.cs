namespace BackupOnline.Engine.Snapshots;

/// <summary>Which snapshots count. An empty filter takes all; every condition that is set must hold.</summary>
public sealed record SnapshotFilter
{
    /// <summary>Exactly this host name; null: any.</summary>
    public string? Host { get; init; }

    /// <summary>Every one of these must be among the snapshot's paths, compared as text.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Every one of these must be among the snapshot's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Matches(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return (Host is null || string.Equals(Host, snapshot.Hostname, StringComparison.Ordinal))
            && Paths.All(path => snapshot.Paths.Contains(path, StringComparer.Ordinal))
            && Tags.All(tag => snapshot.Tags?.Contains(tag, StringComparer.Ordinal) == true);
    }
}
