using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Archiving;

/// <summary>Told of a backup's items as they are done. Calls come from any thread, several at a time; they must be quick and must not throw.</summary>
public interface IBackupObserver
{
    /// <summary>The item could not be read; it is missing from the snapshot, or incomplete in it.</summary>
    void Failed(ItemError error);

    /// <summary>Something the user should know that makes nothing missing: a file that changed while it was read, a mount point passed over.</summary>
    void Noticed(ItemError notice);

    /// <summary>Told once, before any item, and only when blobs are lost: what the index names and the store no longer has. What the sources still hold is stored again.</summary>
    void Lost(LostPacks lost);

    /// <summary>A file or folder is in the snapshot.</summary>
    void Archived(ArchivedItem item);
}
