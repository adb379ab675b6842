namespace BackupOnline.Engine.Repairing;

/// <summary>How snapshots are repaired.</summary>
public sealed class SnapshotRepairOptions
{
    /// <summary>Say what would change and store nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Remove the old snapshot, also one of which nothing can be read. Otherwise it stays beside its repaired copy.</summary>
    public bool Forget { get; init; }

    /// <summary>Told of each path that changes; once, though several snapshots may have it. Null: nobody.</summary>
    public Action<string, TreeChange>? OnChange { get; init; }
}
