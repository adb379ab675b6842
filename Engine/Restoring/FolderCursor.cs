using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Restoring;

/// <summary>Keeps the folder of the last file open: neighbours in a snapshot, and in a pack, mostly lie in the same one. For one thread.</summary>
internal sealed class FolderCursor(ConfinedFolder target) : IDisposable
{
    private RestoreFolder? _at;
    private FolderHandle? _handle;

    /// <summary>Open until the next call.</summary>
    public FolderHandle Open(RestoreFolder folder)
    {
        if (_handle is not null && ReferenceEquals(_at, folder))
            return _handle;
        Dispose();
        _handle = target.Open(folder.Path);
        _at = folder;
        return _handle;
    }

    public void Dispose()
    {
        _handle?.Dispose();
        (_handle, _at) = (null, null);
    }
}
