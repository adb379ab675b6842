namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Puts right what an earlier run left: the repository's last committed epoch decides whether an open point is committed or abandoned.</summary>
internal sealed class HyperVReconciliation(IHyperVHost host, HyperVJobs jobs, HyperVRecordFile file, string system)
{
    private readonly HyperVDecision _decision = new(host, jobs, file, system);
    private readonly List<string> _actions = [];

    public async Task<IReadOnlyList<string>> RunAsync(Epoch? lastCommitted, CancellationToken cancellation)
    {
        if (file.Record.Open is { } open)
            await DecideAsync(open, committed: lastCommitted?.ToString() == open.Epoch, cancellation);
        foreach (var stray in await host.SnapshotsAsync(system, cancellation))
        {
            if (!stray.IsRecovery || Epoch.Parse(stray.Name)?.IsOf(file.Record.Machine) != true)
                continue;
            await jobs.RunAsync("removing a recovery checkpoint that was left behind", () => host.DestroySnapshotAsync(stray.Id, cancellation), cancellation);
            _actions.Add($"removed the recovery checkpoint {stray.Name}, of which no record was left");
        }

        if (file.Record.Committed is { } held && held.Epoch != lastCommitted?.ToString())
        {
            file.Write(file.Record with { Committed = null, Obsolete = [.. file.Record.Obsolete, held.ReferencePoint] });
            _actions.Add($"forgot the base {held.Epoch}: the repository's last point is {lastCommitted?.ToString() ?? "none"}");
        }

        foreach (var point in await _decision.DestroyObsoleteAsync(cancellation))
            _actions.Add($"destroyed the reference point {point}, no longer needed");
        return _actions;
    }

    private async Task DecideAsync(HyperVOpening open, bool committed, CancellationToken cancellation)
    {
        if (!committed)
        {
            await _decision.AbandonAsync(cancellation);
            _actions.Add($"abandoned the open point {open.Epoch}, of which the repository has no snapshot");
            return;
        }

        try
        {
            await _decision.CommitAsync(giveUp: true, cancellation);
            _actions.Add($"finished the commit of {open.Epoch}, whose snapshot is in the repository");
        }
        catch (HypervisorException failure) when (file.Record.Open is null)
        {
            _actions.Add($"the point {open.Epoch} stands, without a reference point of its own: {failure.Message}");
        }
    }
}
