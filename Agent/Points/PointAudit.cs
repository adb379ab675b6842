using BackupOnline.Agent.Hypervisors;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Points;

/// <summary>
/// The audit of change tracking: random extents of which the tracking says that they did not change since the last point are read from the running machine
/// and compared with that point. A difference means that incremental points cannot be trusted. The point that is opened for it is abandoned.
/// </summary>
/// <param name="driver">Of the machine's host.</param>
/// <param name="repository">Its index must be loaded.</param>
/// <param name="dice">Which extents; each audit others.</param>
internal sealed class PointAudit(IHypervisorDriver driver, Repository repository, Random dice)
{
    /// <summary>Extents that one audit compares. At 256 KiB each, 64 MiB: some seconds of reading.</summary>
    public const int Extents = 256;

    public const int ExtentBytes = 256 << 10;

    /// <param name="machine">Which machine.</param>
    /// <param name="last">Its last committed point.</param>
    /// <param name="scratchFolder">For what the guest overwrites meanwhile.</param>
    /// <param name="disk">Id of the disk; null: one by the dice.</param>
    /// <param name="cancellation">Ends the audit.</param>
    /// <exception cref="HypervisorException">Nothing can be audited: no unbroken tracking since that point.</exception>
    public async Task<PointAuditResult> RunAsync(MachineRef machine, RecordedPoint last, string scratchFolder, string? disk, CancellationToken cancellation)
    {
        await driver.ReconcileAsync(machine, last.Epoch, cancellation);
        var request = new PointRequest
        {
            New = last.Epoch.Next(),
            Base = last.Epoch,
            BaseDisks = last.Disks,
            Wanted = Consistency.Crash,
            ScratchFolder = scratchFolder,
        };
        await using var point = await driver.OpenPointAsync(machine, request, cancellation);
        var tracked = point.Disks.Where(candidate => candidate.Basis is DiskBasis.Incremental && (disk is null || candidate.DiskId == disk)).ToList();
        if (tracked.Count == 0)
        {
            throw new HypervisorException(
                HypervisorFault.Transient, "nothing-tracked", "No disk has unbroken change tracking since the last point, so there is nothing to audit. The next point reads whole.");
        }

        var chosen = tracked[dice.Next(tracked.Count)];
        var result = await CompareAsync(chosen, last, cancellation);
        if (await point.BrokenAsync(cancellation) is { } reason)
            throw new HypervisorException(HypervisorFault.PointBroken, "point-broken", reason);
        await point.AbandonAsync(cancellation);
        return result;
    }

    private async Task<PointAuditResult> CompareAsync(IPointDisk disk, RecordedPoint last, CancellationToken cancellation)
    {
        var changed = new List<Extent>();
        await foreach (var extent in disk.ExtentsAsync(cancellation))
            changed.Add(extent);
        var file = last.Description.Disks.First(known => known.Id == disk.DiskId).File;
        await using var kept = await ImageReader.OpenAsync(repository, last.Snapshot, $"{last.Folder}/{file}", cancellation);
        var (now, then) = (new byte[ExtentBytes], new byte[ExtentBytes]);
        var mismatches = new List<(long, long)>();
        var (extents, bytes) = (0, 0L);
        foreach (var (offset, length) in AuditSample.Take(disk.Size, changed, Extents, ExtentBytes, dice))
        {
            await disk.ReadAsync(offset, now.AsMemory(0, length), cancellation);
            await kept.ReadAsync(offset, then.AsMemory(0, length), cancellation);
            if (!now.AsSpan(0, length).SequenceEqual(then.AsSpan(0, length)))
                mismatches.Add((offset, length));
            extents++;
            bytes += length;
        }

        return new PointAuditResult(disk.DiskId, extents, bytes, mismatches);
    }
}
