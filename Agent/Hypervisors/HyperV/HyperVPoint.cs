namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>An open recovery checkpoint. The machine writes on beside it, and a slow reader costs it nothing but the room of its changes.</summary>
internal sealed class HyperVPoint(IHyperVHost host, HyperVDecision decision, HyperVRecordFile file, string system, Epoch epoch, HyperVCheckpoint checkpoint, HyperVContent content) : IConsistentPoint
{
    private bool _disposed;
    private bool _committed;
    private bool _abandoned;

    public Epoch Epoch => epoch;

    public Consistency Achieved => checkpoint.Achieved;

    public string? FallbackReason => checkpoint.FallbackReason;

    public TimeSpan FrozenFor => checkpoint.Held;

    public DateTimeOffset At => checkpoint.At;

    public IReadOnlyList<ConfigurationFile> Configuration => content.Configuration;

    public IReadOnlyList<string> Skipped => content.Skipped;

    public IReadOnlyList<IPointDisk> Disks => content.Disks;

    public async Task<string?> BrokenAsync(CancellationToken cancellation)
    {
        if ((await host.SystemsAsync(cancellation)).All(one => one.Id != system))
            return "the machine is no longer on this host: it was removed, or moved to another one";
        return (await host.SnapshotsAsync(system, cancellation)).All(one => one.Id != checkpoint.Snapshot.Id) ? "its recovery checkpoint was removed by somebody else" : null;
    }

    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (_abandoned)
            throw new InvalidOperationException($"{epoch} was abandoned");
        // From here on only a reconciliation may say otherwise: the snapshot is durable.
        _committed = true;
        await CloseAsync();
        await decision.CommitAsync(giveUp: false, cancellation);
    }

    public async Task AbandonAsync(CancellationToken cancellation)
    {
        if (_committed)
            throw new InvalidOperationException($"{epoch} was committed");
        _abandoned = true;
        await CloseAsync();
        await decision.AbandonAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        try
        {
            await CloseAsync();
            if (!_committed)
                await decision.AbandonQuietlyAsync();
        }
        finally
        {
            file.Dispose();
        }
    }

    private async Task CloseAsync()
    {
        foreach (var disk in content.Disks)
            await disk.DisposeAsync();
    }
}
