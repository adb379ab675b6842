using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Restoring;

/// <summary>Keeps the folders of the last files open: neighbours in a snapshot lie in the same one, neighbours in a pack in one of some dozens. For one thread.</summary>
internal sealed class FolderCursor(ConfinedFolder target) : IDisposable
{
    private const int MaxOpen = 64;

    // The one used last comes first.
    private readonly List<(RestoreFolder Folder, FolderHandle Handle)> _open = new(MaxOpen);

    /// <summary>Open until other folders were asked for.</summary>
    public FolderHandle Open(RestoreFolder folder)
    {
        var at = 0;
        while (at < _open.Count && !ReferenceEquals(_open[at].Folder, folder))
            at++;
        var found = at < _open.Count ? _open[at] : (folder, target.Open(folder.Path));
        if (at == MaxOpen)
            _open[--at].Handle.Dispose();
        if (at < _open.Count)
            _open.RemoveAt(at);
        _open.Insert(0, found);
        return found.Item2;
    }

    public void Dispose()
    {
        foreach (var (_, handle) in _open)
            handle.Dispose();
        _open.Clear();
    }
}
