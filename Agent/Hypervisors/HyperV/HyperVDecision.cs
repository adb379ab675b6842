namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>The second phase of a point: its checkpoint becomes the reference point from which changes are counted, or goes as if it had never been. Both may be repeated.</summary>
internal sealed class HyperVDecision(IHyperVHost host, HyperVJobs jobs, HyperVRecordFile file, string system)
{
    /// <param name="giveUp">A failure that might pass is not waited for: the checkpoint goes, and changes go on being counted from the older reference point.</param>
    /// <param name="cancellation">Stops between two calls; the next run goes on from there.</param>
    /// <exception cref="HypervisorException">The host makes no reference point. Unless the fault may pass, the checkpoint is gone and the committed point stands.</exception>
    public async Task CommitAsync(bool giveUp, CancellationToken cancellation)
    {
        if (file.Record.Open is not { } open)
            return;
        try
        {
            var point = await ConvertAsync(open, cancellation);
            var older = file.Record.Committed?.ReferencePoint;
            file.Write(file.Record with
            {
                Committed = new HyperVBase(open.Epoch, point.Id, HyperVTracking.Map(point)),
                Open = null,
                Obsolete = older is null || older == point.Id ? file.Record.Obsolete : [.. file.Record.Obsolete, older],
            });
        }
        catch (HypervisorException failure) when (giveUp || failure.Fault == HypervisorFault.Operator)
        {
            await KeepOlderAsync(open, cancellation);
            throw;
        }

        await DestroyObsoleteAsync(cancellation);
    }

    public async Task AbandonAsync(CancellationToken cancellation)
    {
        if (file.Record.Open is not { } open)
            return;
        await RemoveAsync(open, cancellation);
        file.Write(file.Record with { Open = null });
        await DestroyObsoleteAsync(cancellation);
    }

    /// <summary>Where something else has failed already: what cannot be done now is left to the next run's reconciliation.</summary>
    public async Task AbandonQuietlyAsync()
    {
        try
        {
            await AbandonAsync(CancellationToken.None);
        }
        catch (HypervisorException)
        {
            // The record says that the point is open.
        }
    }

    /// <returns>Those that are gone now; what cannot be destroyed is tried again by the next run.</returns>
    public async Task<IReadOnlyList<string>> DestroyObsoleteAsync(CancellationToken cancellation)
    {
        var gone = new List<string>();
        if (file.Record.Obsolete.Count == 0)
            return gone;
        var there = (await host.ReferencePointsAsync(system, cancellation)).Select(point => point.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var point in file.Record.Obsolete)
        {
            try
            {
                if (there.Contains(point))
                    await jobs.OnceAsync("destroying an older reference point", await host.DestroyReferencePointAsync(point, cancellation), cancellation);
                gone.Add(point);
            }
            catch (HypervisorException)
            {
                // An older reference point costs the host a little tracking and no data; it is no reason to fail a run whose point stands.
            }
        }

        if (gone.Count > 0)
            file.Write(file.Record with { Obsolete = [.. file.Record.Obsolete.Except(gone)] });
        return gone;
    }

    private async Task<HyperVReferencePoint> ConvertAsync(HyperVOpening open, CancellationToken cancellation)
    {
        var now = await host.ReferencePointsAsync(system, cancellation);
        if (open.Before is null)
            file.Write(file.Record with { Open = open = open with { Before = [.. now.Select(point => point.Id)] } });
        else if (Made(open, now) is { } earlier)
            return earlier;
        var snapshot = await FindAsync(open, cancellation)
            ?? throw new HypervisorException(HypervisorFault.Operator, "hyperv-checkpoint-gone", $"the recovery checkpoint of {open.Epoch} was removed by somebody else before it was converted");
        string? id = null;
        try
        {
            id = await jobs.RunAsync("converting the checkpoint to a reference point", () => host.ConvertToReferencePointAsync(snapshot.Id, cancellation), cancellation);
        }
        catch (HypervisorException vanished) when (vanished.Code == HyperVJobs.VanishedCode)
        {
            // What it made is looked for.
        }

        now = await host.ReferencePointsAsync(system, cancellation);
        return now.FirstOrDefault(point => id is not null && string.Equals(point.Id, id, StringComparison.OrdinalIgnoreCase)) ?? Made(open, now)
            ?? throw new HypervisorException(HypervisorFault.Transient, "hyperv-no-reference-point", "the host says that it made a reference point, and it is not there");
    }

    /// <summary>The one that was not there before; null for none, and for several: somebody else makes them too.</summary>
    private static HyperVReferencePoint? Made(HyperVOpening open, IReadOnlyList<HyperVReferencePoint> now) =>
        now.Where(point => !open.Before!.Contains(point.Id, StringComparer.OrdinalIgnoreCase)).ToList() is [var one] ? one : null;

    private async Task KeepOlderAsync(HyperVOpening open, CancellationToken cancellation)
    {
        await RemoveAsync(open, cancellation);
        // What changed since the older point holds what changed since this one.
        file.Write(file.Record with { Committed = file.Record.Committed is { } older ? older with { Epoch = open.Epoch } : null, Open = null });
    }

    private async Task RemoveAsync(HyperVOpening open, CancellationToken cancellation)
    {
        if (await FindAsync(open, cancellation) is { } snapshot)
            await jobs.RunAsync("removing the recovery checkpoint", () => host.DestroySnapshotAsync(snapshot.Id, cancellation), cancellation);
        if (open.Before is not null && Made(open, await host.ReferencePointsAsync(system, cancellation)) is { } made)
            file.Write(file.Record with { Obsolete = [.. file.Record.Obsolete, made.Id] });
    }

    private async Task<HyperVSnapshot?> FindAsync(HyperVOpening open, CancellationToken cancellation) =>
        (await host.SnapshotsAsync(system, cancellation)).FirstOrDefault(one => one.IsRecovery && (one.Id == open.Snapshot || one.Name == open.Epoch));
}
