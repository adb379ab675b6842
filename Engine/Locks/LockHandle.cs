using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Locks;

/// <summary>
/// A lock held on a repository: renewed in the background, given back by DisposeAsync. Stock restic honours it and is honoured.
/// </summary>
public sealed class LockHandle : IAsyncDisposable
{
    // A lost line must not hold up the end of a run for the store's whole patience.
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NoticeableClockError = TimeSpan.FromMinutes(5);

    private readonly Repository _repository;
    private readonly LockTable _table;
    private readonly LockKeeper _keeper;
    private bool _disposed;

    private LockHandle(Repository repository, LockTable table, LockKeeper keeper) => (_repository, _table, _keeper) = (repository, table, keeper);

    /// <summary>
    /// Cancelled when the lock could not be renewed in time, or was taken away: others may then have removed what we rely on, so the work has to stop.
    /// </summary>
    public CancellationToken Lost => _keeper.Lost;

    /// <summary>
    /// Takes a lock. Dead locks of others are removed with a notice: those whose process on this machine has ended, and those not renewed for 30 minutes
    /// by the store's clock (ours where the store tells none). A living one that excludes ours: Locked, once <see cref="LockOptions.RetryFor"/> is over.
    /// </summary>
    public static async Task<LockHandle> AcquireAsync(
        Repository repository, LockMode mode, LockOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        options ??= new LockOptions();
        options.Validate();
        var table = new LockTable(repository, options);
        var time = repository.Options.Time;
        var started = time.GetTimestamp();
        var told = false;
        while (true)
        {
            var (taken, conflict) = await TryTakeAsync(table, mode, options, repository.Options, cancellationToken);
            if (taken is { } name)
            {
                TellOfWrongClock(repository);
                return new LockHandle(repository, table, new LockKeeper(repository, table, mode, options, name));
            }

            if (time.GetElapsedTime(started) + options.RetryEvery > options.RetryFor)
                throw Locked(repository, conflict!, options);
            if (!told)
                repository.Options.OnNotice?.Invoke($"{Holder(conflict!)} works on the repository; waiting for up to {options.RetryFor}.");
            told = true;
            await Task.Delay(options.RetryEvery, time, cancellationToken);
        }
    }

    /// <summary>Removes the lock; a store that does not let us, or does not answer within 30 s, is told as a notice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _keeper.StopAsync(ReleasePatience);
        await ReleaseAsync(_table, _keeper.Current, _repository.Options);
        await _keeper.DisposeAsync();
    }

    private static async Task ReleaseAsync(LockTable table, ObjectName name, RepositoryOptions options)
    {
        using var patience = new CancellationTokenSource(ReleasePatience, options.Time);
        try
        {
            await table.TryRemoveAsync(name, patience.Token);
        }
        catch (OperationCanceledException)
        {
            options.OnNotice?.Invoke("The lock could not be removed, as the store does not answer; it is taken for dead 30 minutes after its time.");
        }
    }

    private static async Task<(ObjectName? Taken, LockFile? Conflict)> TryTakeAsync(
        LockTable table, LockMode mode, LockOptions options, RepositoryOptions repository, CancellationToken cancellationToken)
    {
        if (await table.FindConflictAsync(mode, null, cancellationToken) is { } earlier)
            return (null, earlier);
        var name = await table.WriteAsync(mode, cancellationToken);
        LockFile? rival;
        try
        {
            await Task.Delay(options.SettleDelay, repository.Time, cancellationToken);
            rival = await table.FindConflictAsync(mode, name, cancellationToken);
        }
        catch
        {
            await ReleaseAsync(table, name, repository);
            throw;
        }

        if (rival is null)
            return (name, null);
        await table.TryRemoveAsync(name, cancellationToken);
        return (null, rival);
    }

    private static void TellOfWrongClock(Repository repository)
    {
        if (repository.Store.ClockOffset is { } offset && offset.Duration() > NoticeableClockError)
            repository.Options.OnNotice?.Invoke(
                $"This machine's clock is {offset.Duration():d\\.hh\\:mm\\:ss} {(offset > TimeSpan.Zero ? "behind" : "ahead of")} the server's. "
                + "Set it right (NTP): snapshots carry its time.");
    }

    private static string Holder(LockFile file) => $"{file.Username}@{file.Hostname} (process {file.Pid})";

    private static RepositoryException Locked(Repository repository, LockFile file, LockOptions options)
    {
        var ahead = file.Time - repository.Options.Time.GetUtcNow() > options.StaleAfter
            ? " Its time lies in the future: the clock of that machine or of this one is wrong."
            : "";
        return new RepositoryException(
            RepositoryProblem.Locked,
            $"The repository at {repository.Store.Location} is locked{(file.Exclusive ? " exclusively" : "")} by {Holder(file)} since {file.Time:u}.{ahead} "
            + $"Wait until that program has finished, or let this one wait with --retry-lock 1h. If it no longer runs, its lock ends by itself within {options.StaleAfter.TotalMinutes:0} minutes.");
    }
}
