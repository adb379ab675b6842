namespace BackupOnline.Rules.BackupSets;

/// <summary>Whether a set's expected backups arrive.</summary>
public enum SetFreshness
{
    /// <summary>Nothing has arrived yet, and the first backup is not overdue.</summary>
    Waiting = 0,

    /// <summary>The newest snapshot is not older than the expected rhythm.</summary>
    Fresh = 1,

    /// <summary>The newest snapshot, or the set's creation if there is none, is older than the expected rhythm.</summary>
    Late = 2,
}
