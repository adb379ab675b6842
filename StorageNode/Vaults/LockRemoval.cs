namespace BackupOnline.StorageNode.Vaults;

/// <summary>How the removal of a lock ended.</summary>
internal enum LockRemoval
{
    /// <summary>Gone, now or before.</summary>
    Removed,

    /// <summary>Another credential's, and not old enough.</summary>
    NotYours,
}
