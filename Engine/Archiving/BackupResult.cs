using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Archiving;

/// <summary>What a backup did. With <see cref="ErrorCount"/> above zero the snapshot is there, but some source data is missing in it (exit code 3).</summary>
public sealed record BackupResult
{
    /// <summary>The saved snapshot with its id; after a dry run the one that would have been saved, its id zero.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>Nothing changed and no snapshot was wanted for that: <see cref="Snapshot"/> is the one that would have been saved, its id zero.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>The numbers of restic's summary.</summary>
    public required SnapshotSummary Summary { get; init; }

    /// <summary>From the first look at a target to the saved snapshot.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many items could not be read.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>The first <see cref="MaxListed"/> of them.</summary>
    public required IReadOnlyList<ItemError> Errors { get; init; }

    /// <summary>The first <see cref="MaxListed"/> notices: files that changed while they were read, mount points passed over.</summary>
    public required IReadOnlyList<ItemError> Notices { get; init; }

    /// <summary>What the index named at the start and the store no longer had; the sources' share of it is stored again.</summary>
    public required LostPacks Lost { get; init; }

    /// <summary>Listed errors and notices are bounded, as their number is not; an observer is told of all.</summary>
    public const int MaxListed = 1000;
}
