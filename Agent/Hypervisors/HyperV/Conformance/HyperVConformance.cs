using System.Security.Cryptography;
using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Hypervisors.HyperV.Conformance;

/// <summary>
/// Takes a test machine of a real host through what a backup does, and compares what the host shows with the rules of the simulator. Makes recovery checkpoints and reference points and removes
/// them again; writes nothing into the machine.
/// </summary>
/// <param name="host">Observed.</param>
/// <param name="folder">For the driver's record; empty.</param>
/// <param name="patience">How long to wait.</param>
/// <param name="limit">Bytes of each disk that are compared.</param>
/// <param name="meanwhile">Between two points: time in which the guest writes.</param>
/// <param name="time">The clock.</param>
internal sealed class HyperVConformance(IHyperVHost host, string folder, HyperVPatience patience, long limit, Func<CancellationToken, Task> meanwhile, TimeProvider time)
{
    private const int Block = 1 << 20;
    private readonly Dictionary<string, HyperVVerdict> _verdicts = [];

    /// <returns>One for each rule, in their order.</returns>
    public async Task<IReadOnlyList<HyperVVerdict>> RunAsync(MachineRef machine, CancellationToken cancellation)
    {
        try
        {
            await StepsAsync(machine, cancellation);
        }
        catch (HypervisorException failure)
        {
            foreach (var rule in HyperVRules.All)
                _verdicts.TryAdd(rule.Id, new HyperVVerdict(rule, null, $"the run ended before: {failure.Message}"));
        }
        finally
        {
            await TidyAsync(machine);
        }

        return [.. HyperVRules.All.Select(rule => _verdicts.GetValueOrDefault(rule.Id) ?? new HyperVVerdict(rule, null, "the run did not come to it"))];
    }

    private async Task StepsAsync(MachineRef machine, CancellationToken cancellation)
    {
        Judge(HyperVRules.Identity, Guid.TryParse(machine.StableId, out _), machine.StableId);
        var components = await host.ComponentsAsync(machine.StableId, cancellation);
        Judge(HyperVRules.Services, components.Backup is { Status: 2 or 3 or 7 or 12 or 13 or 15 }, components.ToString());
        var own = Paths(await host.StorageAsync((await host.SettingsAsync(machine.StableId, cancellation)).Id, cancellation));

        var first = Epoch.Of(machine.StableId, 1);
        var (before, sizes) = await FirstAsync(machine, first, own, cancellation);
        await meanwhile(cancellation);
        await GivenUpAsync(machine, first, sizes, cancellation);
        await DiedAsync(machine, first, cancellation);
        await SecondAsync(machine, sizes, before, cancellation);
        Judge(HyperVRules.Merged, await MergedAsync(machine, own, cancellation), string.Join(", ", own));
    }

    /// <summary>A full point, read twice and committed. Returns hashes of its blocks and the sizes of its disks.</summary>
    private async Task<(Dictionary<string, List<byte[]>> Hashes, Dictionary<string, long> Sizes)> FirstAsync(MachineRef machine, Epoch epoch, IReadOnlyCollection<string> own, CancellationToken cancellation)
    {
        var points = await host.ReferencePointsAsync(machine.StableId, cancellation);
        await using var driver = Driver();
        await driver.ReconcileAsync(machine, null, cancellation);
        await using var point = await driver.OpenPointAsync(machine, new PointRequest { New = epoch, ScratchFolder = folder }, cancellation);
        Judge(HyperVRules.Checkpoint, point.Achieved == Consistency.Application, point.FallbackReason ?? "made");
        var checkpoint = (await host.SnapshotsAsync(machine.StableId, cancellation)).Single(one => one.IsRecovery);
        Judge(HyperVRules.Named, checkpoint.Name == epoch.ToString(), checkpoint.Name);
        var files = Paths(await host.StorageAsync(checkpoint.Id, cancellation));
        var live = Paths(await host.StorageAsync((await host.SettingsAsync(machine.StableId, cancellation)).Id, cancellation));
        Judge(HyperVRules.Static, files.Count > 0 && !files.Intersect(live).Any() && files.All(own.Contains), $"checkpoint {string.Join(", ", files)}; machine {string.Join(", ", live)}");
        await ReadableAsync(point, files, cancellation);
        var hashes = await HashesAsync(point, cancellation);
        await point.CommitAsync(cancellation);
        var made = (await host.ReferencePointsAsync(machine.StableId, cancellation)).ExceptBy(points.Select(one => one.Id), one => one.Id).ToList();
        var left = (await host.SnapshotsAsync(machine.StableId, cancellation)).Count(one => one.IsRecovery);
        Judge(HyperVRules.Converted, made.Count == 1 && left == 0, $"{made.Count} reference points made, {left} recovery checkpoints left");
        Judge(HyperVRules.Parallel, made is [var one] && point.Disks.All(disk => Names(one, disk.DiskId, files)), made is [var seen] ? $"disks [{string.Join(' ', seen.Disks ?? [])}]" : "none");
        return (hashes, point.Disks.ToDictionary(disk => disk.DiskId, disk => disk.Size));
    }

    private async Task GivenUpAsync(MachineRef machine, Epoch first, Dictionary<string, long> sizes, CancellationToken cancellation)
    {
        await using var driver = Driver();
        await driver.ReconcileAsync(machine, first, cancellation);
        await using var point = await driver.OpenPointAsync(machine, Next(machine, 2, sizes), cancellation);
        await point.AbandonAsync(cancellation);
        Judge(HyperVRules.Abandoned, (await host.SnapshotsAsync(machine.StableId, cancellation)).All(one => !one.IsRecovery), "given up");
    }

    /// <summary>A checkpoint of our name without a record, as a dead driver leaves it.</summary>
    private async Task DiedAsync(MachineRef machine, Epoch first, CancellationToken cancellation)
    {
        var jobs = new HyperVJobs(host, patience, time);
        var made = await jobs.RunAsync("making a checkpoint to be left", () => host.CreateSnapshotAsync(machine.StableId, Epoch.Of(machine.StableId, 3).ToString(), 2, cancellation), cancellation);
        await using var driver = Driver();
        var actions = await driver.ReconcileAsync(machine, first, cancellation);
        var left = (await host.SnapshotsAsync(machine.StableId, cancellation)).Where(one => one.IsRecovery).ToList();
        Judge(HyperVRules.Died, actions.Count > 0 && left.Count == 0, string.Join("; ", actions));
        // On a host that does not keep our name the driver must not touch it; this run knows that it is its own.
        foreach (var own in left.Where(one => one.Id == made))
            await jobs.RunAsync("removing the checkpoint that was left", () => host.DestroySnapshotAsync(own.Id, cancellation), cancellation);
    }

    private async Task SecondAsync(MachineRef machine, Dictionary<string, long> sizes, Dictionary<string, List<byte[]>> before, CancellationToken cancellation)
    {
        await using var driver = Driver();
        await using var point = await driver.OpenPointAsync(machine, Next(machine, 4, sizes), cancellation);
        Judge(HyperVRules.Changes, point.Disks.All(disk => disk.Basis is DiskBasis.Incremental), string.Join("; ", point.Disks.Select(disk => disk.Basis.ToString())));
        var checkpoint = (await host.SnapshotsAsync(machine.StableId, cancellation)).Single(one => one.IsRecovery);
        var path = Paths(await host.StorageAsync(checkpoint.Id, cancellation)).First();
        var stale = await host.ChangesAsync(path, $"rctX:{Guid.NewGuid():N}", 0, Block, cancellation);
        Judge(HyperVRules.Stale, stale.Reply.ReturnValue is not 0 and not HyperVReply.Started, stale.ToString());
        if (point.Disks.Any(disk => disk.Basis is not DiskBasis.Incremental))
            return;
        var after = await HashesAsync(point, cancellation);
        var missed = new List<string>();
        foreach (var disk in point.Disks)
        {
            var changed = new HashSet<long>();
            await foreach (var extent in disk.ExtentsAsync(cancellation))
                for (var block = extent.Offset / Block; block <= (extent.End - 1) / Block; block++)
                    changed.Add(block);
            missed.AddRange(after[disk.DiskId].Select((hash, block) => (hash, block)).Where(one => !one.hash.AsSpan().SequenceEqual(before[disk.DiskId][one.block]) && !changed.Contains(one.block))
                .Select(one => $"{disk.DiskId} block {one.block}"));
        }

        Judge(HyperVRules.ChangesRight, missed.Count == 0, missed.Count == 0 ? "every difference is in the changes" : $"missed: {string.Join(", ", missed.Take(20))}");
    }

    private async Task ReadableAsync(IConsistentPoint point, IReadOnlyCollection<string> files, CancellationToken cancellation)
    {
        try
        {
            foreach (var path in files)
            {
                using var ours = VhdxDisk.Open(path);
                var disk = point.Disks.First(one => one.DiskId == ours.Metadata.DiskId.ToString());
                foreach (var extent in ours.Extents().Where(one => one.Kind == ExtentKind.Data).Take(64))
                {
                    var (a, b) = (new byte[Math.Min(Block, extent.Length)], new byte[Math.Min(Block, extent.Length)]);
                    await ours.ReadAsync(extent.Offset, a, cancellation);
                    await disk.ReadAsync(extent.Offset, b, cancellation);
                    if (!a.AsSpan().SequenceEqual(b))
                        throw new VhdxException(path, $"reads otherwise through virtdisk at {extent.Offset}", "report it with the transcript");
                }

                // What our tables call empty is never read by a backup.
                foreach (var extent in ours.Extents().Where(one => one.Kind == ExtentKind.Zero).Take(64))
                {
                    var bytes = new byte[Math.Min(Block, extent.Length)];
                    await disk.ReadAsync(extent.Offset, bytes, cancellation);
                    if (bytes.AsSpan().ContainsAnyExcept((byte)0))
                        throw new VhdxException(path, $"is not empty at {extent.Offset}, where its tables say so", "report it with the transcript");
                }
            }

            Judge(HyperVRules.Readable, true, "equal");
        }
        catch (Exception failure) when (failure is VhdxException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            Judge(HyperVRules.Readable, false, failure.Message);
        }
    }

    private async Task<Dictionary<string, List<byte[]>>> HashesAsync(IConsistentPoint point, CancellationToken cancellation)
    {
        var all = new Dictionary<string, List<byte[]>>();
        var buffer = new byte[Block];
        foreach (var disk in point.Disks)
        {
            var hashes = all[disk.DiskId] = [];
            for (var at = 0L; at < Math.Min(disk.Size, limit); at += Block)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(Block, disk.Size - at));
                await disk.ReadAsync(at, part, cancellation);
                hashes.Add(SHA256.HashData(part.Span));
            }
        }

        return all;
    }

    private async Task<bool> MergedAsync(MachineRef machine, IReadOnlyCollection<string> own, CancellationToken cancellation)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < patience.Busy; await Task.Delay(patience.Look, time, cancellation))
            if (Paths(await host.StorageAsync((await host.SettingsAsync(machine.StableId, cancellation)).Id, cancellation)).All(own.Contains))
                return true;
        return false;
    }

    /// <summary>Whatever happened: nothing of ours stays on the machine.</summary>
    private async Task TidyAsync(MachineRef machine)
    {
        try
        {
            await using var driver = Driver();
            await driver.ReconcileAsync(machine, null, CancellationToken.None);
        }
        catch (HypervisorException)
        {
            // The verdicts tell of what failed before.
        }
    }

    private HyperVDriver Driver() => new(host, folder, patience, time);

    private PointRequest Next(MachineRef machine, long sequence, Dictionary<string, long> sizes) =>
        new() { New = Epoch.Of(machine.StableId, sequence), Base = Epoch.Of(machine.StableId, 1), BaseDisks = sizes, ScratchFolder = folder };

    private static bool Names(HyperVReferencePoint point, string disk, IReadOnlyCollection<string> files) =>
        HyperVTracking.Map(point) is var map && (map.ContainsKey(HyperVTracking.Key(disk)) || files.Any(file => map.ContainsKey(HyperVTracking.Key(file))));

    private static List<string> Paths(IEnumerable<HyperVStorage> storage) => [.. storage.Where(one => one.IsHardDisk && !one.IsShared).Select(one => one.Path!)];

    private void Judge(HyperVRule rule, bool holds, string detail) => _verdicts[rule.Id] = new HyperVVerdict(rule, holds, detail);
}
