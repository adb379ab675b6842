namespace BackupOnline.Engine.Locks;

/// <summary>Whether others may hold a lock at the same time.</summary>
public enum LockMode
{
    /// <summary>With other shared locks: backup, restore, check.</summary>
    Shared,

    /// <summary>Alone: for what removes packs.</summary>
    Exclusive,
}
