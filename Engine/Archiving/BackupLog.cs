using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>Collects what a backup could not read and what is worth knowing. Thread-safe.</summary>
internal sealed class BackupLog(IBackupObserver? observer, BackupProgress progress)
{
    private readonly Lock _lock = new();
    private readonly List<ItemError> _errors = [];
    private readonly List<ItemError> _notices = [];

    public long ErrorCount { get; private set; }

    public IReadOnlyList<ItemError> Errors
    {
        get
        {
            lock (_lock)
                return [.. _errors];
        }
    }

    public IReadOnlyList<ItemError> Notices
    {
        get
        {
            lock (_lock)
                return [.. _notices];
        }
    }

    public void Failed(RawPath path, string reason)
    {
        var error = new ItemError(path, reason);
        lock (_lock)
        {
            ErrorCount++;
            if (_errors.Count < BackupResult.MaxListed)
                _errors.Add(error);
        }

        progress.Failed();
        observer?.Failed(error);
    }

    public void Noticed(RawPath path, string reason)
    {
        var notice = new ItemError(path, reason);
        lock (_lock)
        {
            if (_notices.Count < BackupResult.MaxListed)
                _notices.Add(notice);
        }

        observer?.Noticed(notice);
    }
}
