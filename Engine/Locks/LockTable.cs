using System.Text.Json;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Locks;

/// <summary>The locks in the store: reads them, tells the living from the dead, removes the dead.</summary>
internal sealed class LockTable(Repository repository, LockOptions options)
{
    private readonly RepositoryOptions _repositoryOptions = repository.Options;

    // By our own steady clock: when we first saw a lock that is still there under the same name.
    private readonly Dictionary<ObjectId, long> _firstSeen = [];

    /// <summary>
    /// Now by the store's clock, where it tells its time, else by ours: a machine whose clock is a day off neither kills living locks nor writes dead ones.
    /// </summary>
    public DateTimeOffset Now => _repositoryOptions.Time.GetUtcNow() + (repository.Store.ClockOffset ?? TimeSpan.Zero);

    /// <summary>Stores a lock of ours.</summary>
    public async Task<ObjectName> WriteAsync(LockMode mode, CancellationToken cancellationToken)
    {
        var file = new LockFile
        {
            Time = Now,
            Exclusive = mode == LockMode.Exclusive,
            Hostname = _repositoryOptions.Hostname,
            Username = _repositoryOptions.Username,
            Pid = Environment.ProcessId,
            Uid = LocalProcess.Uid,
            Gid = LocalProcess.Gid,
        };
        var bytes = UnpackedCodec.Seal(repository.Cipher, JsonSerializer.SerializeToUtf8Bytes(file, RepositoryJson.Default.LockFile));
        var name = new ObjectName(ObjectKind.Lock, ObjectId.Of(bytes));
        await repository.Store.PutAsync(name, bytes, cancellationToken);
        return name;
    }

    /// <summary>A living lock of another that excludes ours, or null. Dead ones are removed on the way.</summary>
    public async Task<LockFile?> FindConflictAsync(LockMode mode, ObjectName? own, CancellationToken cancellationToken)
    {
        LockFile? conflict = null;
        var seen = new HashSet<ObjectId>();
        await foreach (var stored in repository.Store.ListAsync(ObjectKind.Lock, cancellationToken))
        {
            if (stored.Name == own)
                continue;
            seen.Add(stored.Name.Id);
            _firstSeen.TryAdd(stored.Name.Id, _repositoryOptions.Time.GetTimestamp());
            var file = await ReadAsync(stored.Name, mode, cancellationToken);
            if (file is null)
                continue;
            if (WhyDead(stored.Name, file) is { } why)
                await RemoveDeadAsync(stored.Name, file, why, cancellationToken);
            else if (mode == LockMode.Exclusive || file.Exclusive)
                conflict ??= file;
        }

        foreach (var gone in _firstSeen.Keys.Where(id => !seen.Contains(id)).ToList())
            _firstSeen.Remove(gone);
        return conflict;
    }

    /// <summary>Removes a lock; a store that refuses is told as a notice and no more: such a lock dies of age.</summary>
    public async Task TryRemoveAsync(ObjectName name, CancellationToken cancellationToken)
    {
        try
        {
            await repository.Store.DeleteAsync(name, cancellationToken);
        }
        catch (RepositoryException e)
        {
            _repositoryOptions.OnNotice?.Invoke(
                $"The lock {name.Id.ToShortString()} could not be removed; it does no harm and is taken for dead {options.StaleAfter.TotalMinutes:0} minutes after its time. ({e.Message})");
        }
    }

    /// <summary>Removes the dead locks, or all, and gives their number. One that cannot be read goes with all.</summary>
    public async Task<int> CleanAsync(bool all, CancellationToken cancellationToken)
    {
        var names = new List<ObjectName>();
        await foreach (var stored in repository.Store.ListAsync(ObjectKind.Lock, cancellationToken))
            names.Add(stored.Name);
        var removed = 0;
        foreach (var name in names)
        {
            if (!all && (await ReadAsync(name, LockMode.Shared, cancellationToken) is not { } file || WhyDead(name, file) is null))
                continue;
            await repository.Store.DeleteAsync(name, cancellationToken);
            removed++;
        }

        return removed;
    }

    // A lock that another removed meanwhile, or that was never written to its end, locks nothing.
    private async Task<LockFile?> ReadAsync(ObjectName name, LockMode mode, CancellationToken cancellationToken)
    {
        try
        {
            var json = UnpackedCodec.Open(repository.Cipher, name, await repository.Store.GetAsync(name, cancellationToken));
            return JsonSerializer.Deserialize(json, RepositoryJson.Default.LockFile);
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.NotFound)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or RepositoryException { Problem: RepositoryProblem.Corrupt })
        {
            if (mode == LockMode.Exclusive && SeenFor(name) < options.StaleAfter)
                throw new RepositoryException(
                    RepositoryProblem.Locked,
                    $"The lock {name} cannot be read, so nobody knows whether its owner still works. If no other program uses the repository, delete that file, then run again.",
                    e);
            _repositoryOptions.OnNotice?.Invoke($"The lock {name.Id.ToShortString()} cannot be read and is passed over.");
            return null;
        }
    }

    private string? WhyDead(ObjectName name, LockFile file)
    {
        if (file.Hostname == _repositoryOptions.Hostname && !LocalProcess.IsAlive(file.Pid))
            return "its process on this machine has ended";
        if (Now - file.Time > options.StaleAfter)
            return $"it was not renewed for {(Now - file.Time).TotalMinutes:0} minutes";

        // A living lock changes its name at each renewal: whatever the clocks say, this one's owner is gone.
        return SeenFor(name) > options.StaleAfter ? $"it was not renewed while we waited {options.StaleAfter.TotalMinutes:0} minutes" : null;
    }

    private TimeSpan SeenFor(ObjectName name) =>
        _firstSeen.TryGetValue(name.Id, out var since) ? _repositoryOptions.Time.GetElapsedTime(since) : TimeSpan.Zero;

    private async Task RemoveDeadAsync(ObjectName name, LockFile file, string why, CancellationToken cancellationToken)
    {
        _repositoryOptions.OnNotice?.Invoke(
            $"A lock of {file.Username}@{file.Hostname} (process {file.Pid}) from {file.Time:u} is removed: {why}.");
        await TryRemoveAsync(name, cancellationToken);
    }
}
