namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Full or incremental, disk by disk: incremental only where nothing is in doubt, and the changes could be read to their end.</summary>
internal sealed class HyperVBasis(IHyperVHost host, HyperVJobs jobs, HyperVBase? committed, PointRequest request, bool hasUserCheckpoint)
{
    public async Task<(DiskBasis Basis, IReadOnlyList<Extent>? Changes)> DecideAsync(string id, string path, HyperVDiskFacts facts, bool hasTwin, CancellationToken cancellation)
    {
        if (Refusal(id, path, facts, hasTwin) is { } full)
            return (full, null);
        try
        {
            var changes = await new HyperVChangeList(host, jobs).ReadAsync(path, Tracking(id, path)!, facts.Size, cancellation);
            return (new DiskBasis.Incremental(request.Base!.Value), changes);
        }
        catch (HypervisorException failure)
        {
            return (new DiskBasis.Full(FullReason.TrackingLost, failure.Message), null);
        }
    }

    private DiskBasis.Full? Refusal(string id, string path, HyperVDiskFacts facts, bool hasTwin)
    {
        if (request.ReadWhole.TryGetValue(id, out var reason))
            return new DiskBasis.Full(FullReason.Asked, reason);
        if (request.Base is not { } wanted || !request.BaseDisks.TryGetValue(id, out var size))
            return new DiskBasis.Full(FullReason.First, "the last committed point does not have this disk");
        if (size != facts.Size)
            return new DiskBasis.Full(FullReason.Resized, $"{size} bytes at the base, {facts.Size} now");
        if (facts.Format != "vhdx")
            return new DiskBasis.Full(FullReason.TrackingUnsupported, $"the disk is a {facts.Format}");
        if (hasTwin)
            return new DiskBasis.Full(FullReason.TrackingUnsupported, "another disk of the machine has the same identity");
        if (hasUserCheckpoint)
            return new DiskBasis.Full(FullReason.TrackingUnsupported, "the machine has a checkpoint of a user");
        if (committed is null)
            return new DiskBasis.Full(FullReason.TrackingLost, "no record of a reference point");
        if (committed.Epoch != wanted.ToString())
            return new DiskBasis.Full(FullReason.BaseDiffers, $"changes are counted from {committed.Epoch}, and the last committed point is {wanted}");
        if (!facts.Tracked)
            return new DiskBasis.Full(FullReason.TrackingLost, "change tracking is off");
        return Tracking(id, path) is null ? new DiskBasis.Full(FullReason.TrackingLost, "the reference point does not name this disk") : null;
    }

    /// <summary>A reference point names disks by their identity or by their path.</summary>
    private string? Tracking(string id, string path) =>
        committed!.Tracking.GetValueOrDefault(HyperVTracking.Key(id)) ?? committed.Tracking.GetValueOrDefault(HyperVTracking.Key(path));
}
