namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Opens one point: the checkpoint, then what is in it and how each disk is read.</summary>
internal sealed class HyperVOpener(IHyperVHost host, HyperVJobs jobs, HyperVRecordFile file, HyperVSystem system, TimeProvider time)
{
    public async Task<IConsistentPoint> OpenAsync(PointRequest request, CancellationToken cancellation)
    {
        if (system.IsBusy)
            throw new HypervisorException(HypervisorFault.Busy, "hyperv-busy", $"{system.Name} is held by another operation of Hyper-V");
        if (file.Record.Open is { } left)
            throw new HypervisorException(HypervisorFault.Busy, "hyperv-point-open", $"{system.Name}: the point {left.Epoch} is neither committed nor abandoned: reconcile first");
        var snapshots = await host.SnapshotsAsync(system.Id, cancellation);
        if (snapshots.FirstOrDefault(one => one.IsRecovery) is { } foreign)
            throw new HypervisorException(HypervisorFault.Busy, "hyperv-recovery-checkpoint", $"{system.Name}: {HyperVFindings.ForeignCheckpoint(foreign).Text}");
        file.Write(file.Record with { Open = new HyperVOpening(request.New.ToString(), null, null) });
        var decision = new HyperVDecision(host, jobs, file, system.Id);
        try
        {
            var checkpoint = await new HyperVCheckpointing(host, jobs, system, time).MakeAsync(request, [.. snapshots.Select(one => one.Id)], cancellation);
            file.Write(file.Record with { Open = file.Record.Open! with { Snapshot = checkpoint.Snapshot.Id } });
            var content = await new HyperVContent(host, jobs, file.Record.Committed, system).ReadAsync(request, checkpoint.Snapshot, hasUserCheckpoint: snapshots.Count > 0, cancellation);
            return new HyperVPoint(host, decision, file, system.Id, request.New, checkpoint, content);
        }
        catch
        {
            await decision.AbandonQuietlyAsync();
            throw;
        }
    }
}
