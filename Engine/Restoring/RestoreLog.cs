using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Restoring;

/// <summary>Collects what could not be restored. Thread-safe.</summary>
internal sealed class RestoreLog(RestoreProgress progress, Action<ItemError>? onError)
{
    private const int MaxListed = 1000;
    private readonly Lock _lock = new();
    private readonly List<ItemError> _errors = [];

    public long Count { get; private set; }

    /// <summary>How many of them because stored data is missing or damaged, not because of the target.</summary>
    public long DamageCount { get; private set; }

    public IReadOnlyList<ItemError> Errors
    {
        get
        {
            lock (_lock)
                return [.. _errors];
        }
    }

    /// <param name="path">From the target.</param>
    /// <param name="reason">For the user, without the path.</param>
    /// <param name="isDamage">Stored data is missing or damaged.</param>
    public void Failed(RawPath path, string reason, bool isDamage = false)
    {
        var error = new ItemError(path, reason);
        lock (_lock)
        {
            Count++;
            DamageCount += isDamage ? 1 : 0;
            if (_errors.Count < MaxListed)
                _errors.Add(error);
        }

        progress.Failed();
        onError?.Invoke(error);
    }
}
