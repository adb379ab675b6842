namespace BackupOnline.Engine.Repairing;

/// <summary>How a repair found a snapshot.</summary>
public enum SnapshotState
{
    /// <summary>Nothing that it needs is lost, as far as the index and the trees say.</summary>
    Whole,

    /// <summary>Something is lost; the rest can be had.</summary>
    Repaired,

    /// <summary>Its first tree cannot be read: nothing of it can be had.</summary>
    Unreadable,
}
