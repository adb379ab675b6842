using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Locks;

/// <summary>Renews a lock in the background: writes a new one, then removes the old, so that there is one at every moment.</summary>
internal sealed class LockKeeper : IAsyncDisposable
{
    private readonly Repository _repository;
    private readonly LockTable _table;
    private readonly LockMode _mode;
    private readonly LockOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _hurried;
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _keeping;

    public LockKeeper(Repository repository, LockTable table, LockMode mode, LockOptions options, ObjectName current)
    {
        (_repository, _table, _mode, _options, Current) = (repository, table, mode, options, current);
        _time = repository.Options.Time;
        _hurried = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _keeping = KeepAsync();
    }

    /// <summary>The lock as it is called now.</summary>
    public ObjectName Current { get; private set; }

    public CancellationToken Lost => _lost.Token;

    // Others take the lock for dead at StaleAfter; one interval before that, work has to stop.
    private TimeSpan Lifetime => _options.StaleAfter - _options.RefreshEvery;

    /// <summary>Stops renewing. A renewal under way may end, so that no lock is left that we do not know, but only for so long.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stopped.CancelAsync();
        _hurried.CancelAfter(patience);
        await _keeping;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _stopped.Dispose();
        _hurried.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync()
    {
        var renewedAt = _time.GetTimestamp();
        var wait = _options.RefreshEvery;
        try
        {
            while (true)
            {
                await Task.Delay(wait, _time, _stopped.Token);
                var left = Lifetime - _time.GetElapsedTime(renewedAt);
                var outcome = left > TimeSpan.Zero ? await TryRenewAsync(left) : Renewal.Lost;
                if (outcome == Renewal.Lost)
                    break;
                if (outcome == Renewal.Done)
                    renewedAt = _time.GetTimestamp();
                wait = outcome == Renewal.Done ? _options.RefreshEvery : _options.RefreshEvery / 5;
            }

            _repository.Options.OnNotice?.Invoke("The lock on the repository could not be kept, or was taken away: the work has to stop. Run again when the store can be reached.");
            await _lost.CancelAsync();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Given back.
        }
    }

    private async Task<Renewal> TryRenewAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _hurried.Token);
        try
        {
            // Somebody took ours for dead, perhaps while this machine slept: what we rely on may have been removed meanwhile, whether or not anybody is at work now.
            if (await _repository.Store.LengthAsync(Current, either.Token) is null)
                return Renewal.Lost;
            var old = Current;
            Current = await _table.WriteAsync(_mode, either.Token);
            await _table.TryRemoveAsync(old, either.Token);
            return Renewal.Done;
        }
        catch (RepositoryException e)
        {
            _repository.Options.OnNotice?.Invoke($"The lock could not be renewed yet: {e.Message}");
            return Renewal.Later;
        }
        catch (OperationCanceledException)
        {
            return Renewal.Later;
        }
    }

    private enum Renewal
    {
        Done,
        Later,
        Lost,
    }
}
