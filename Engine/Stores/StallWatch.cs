namespace BackupOnline.Engine.Stores;

/// <summary>Cancels when nothing moved for a while: a slow line may take its time, a dead one may not.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _either;

    public StallWatch(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _stall = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
    }

    public CancellationToken Token => _either.Token;

    public bool HasStalled => _stall.IsCancellationRequested;

    /// <summary>Something moved: the wait begins anew.</summary>
    public void Moved() => _stall.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _stall.Dispose();
    }
}
