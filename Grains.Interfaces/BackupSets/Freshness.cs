namespace BackupOnline.Grains.Interfaces.BackupSets;

/// <summary>Whether a set's expected backups arrive.</summary>
[GenerateSerializer, Alias("bo.set.freshness")]
public enum Freshness
{
    /// <summary>Nothing has arrived yet, and the first one is not due yet.</summary>
    Waiting = 0,

    /// <summary>The newest snapshot is not older than the expected rhythm.</summary>
    Fresh = 1,

    /// <summary>The newest snapshot, or the set's creation if there is none, is older than the expected rhythm.</summary>
    Late = 2,
}
