using System.Text.Json.Nodes;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>
/// The steps that open a point, in the one order that loses nothing: scratch, pass-through nodes, filters, the new bitmaps, the change-over at one instant
/// (frozen where that can be had), and only then the old bitmaps stop. A change that falls between is counted twice, never left out.
/// </summary>
internal sealed class QemuOpening(QemuMachine machine, QemuSession session, QemuPointPlan plan, PointRequest request, TimeProvider time)
{
    // Saving old contents is a local write. One that takes longer breaks the point, not the guest.
    private static readonly TimeSpan s_scratchPatience = TimeSpan.FromSeconds(5);

    public async Task<QuiesceResult> RunAsync(bool running, CancellationToken cancellation)
    {
        foreach (var disk in plan.Disks)
            await ScratchAsync(disk, cancellation);
        foreach (var disk in plan.Disks)
            await InsertAsync(disk, cancellation);
        await session.TransactAsync(plan.Disks.Select(disk => ("block-dirty-bitmap-add", NewBitmap(disk))), cancellation);
        var quiet = running && request.Wanted > Consistency.Crash
            ? await new GuestQuiesce(machine, time).AroundAsync(request.Wanted, request.FreezeDeadline, TakeAsync, cancellation)
            : await CrashAsync(running, cancellation);
        await session.TransactAsync(
            plan.Disks.Where(disk => disk.BaseBitmap is not null).Select(disk => ("block-dirty-bitmap-disable", QemuEpochs.Bitmap(disk.Disk.Node, disk.BaseBitmap!))),
            cancellation);
        if (quiet.Achieved < request.Wanted && !request.AllowFallback)
            throw new HypervisorException(HypervisorFault.Transient, "consistency-missed", $"{machine.Name}: {request.Wanted} was wanted without fallback, and {quiet.Achieved} is what can be had: {quiet.Fallback}.");
        await ExportAsync(cancellation);
        return quiet;
    }

    private Task TakeAsync(CancellationToken cancellation) =>
        session.SwitchAsync(plan.Disks.Select(disk => (QemuNames.Top(disk.DiskId), QemuNames.Filter(disk.DiskId))), cancellation);

    private async Task<QuiesceResult> CrashAsync(bool running, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        await TakeAsync(cancellation);
        return new QuiesceResult(Consistency.Crash, request.Wanted > Consistency.Crash && !running ? "the machine does not run, so its agent cannot freeze it" : null, TimeSpan.Zero, at);
    }

    private async Task ScratchAsync(QemuDiskPlan disk, CancellationToken cancellation)
    {
        var job = QemuNames.Prefix + QemuNames.Digest(disk.DiskId);
        await session.CreateAsync(job, new JsonObject { ["driver"] = "file", ["filename"] = disk.ScratchFile, ["size"] = disk.ScratchSize }, cancellation);
        await session.AddNodeAsync(
            new JsonObject
            {
                ["driver"] = "raw",
                ["node-name"] = QemuNames.Limit(disk.DiskId),
                ["size"] = disk.ScratchSize,
                ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = disk.ScratchFile },
            },
            cancellation);
        await session.CreateAsync(job, new JsonObject { ["driver"] = "qcow2", ["file"] = QemuNames.Limit(disk.DiskId), ["size"] = disk.Disk.Size }, cancellation);
        await session.AddNodeAsync(
            new JsonObject { ["driver"] = "qcow2", ["node-name"] = QemuNames.Scratch(disk.DiskId), ["file"] = QemuNames.Limit(disk.DiskId), ["cache"] = new JsonObject { ["no-flush"] = true } },
            cancellation);
    }

    private async Task InsertAsync(QemuDiskPlan disk, CancellationToken cancellation)
    {
        await session.AddNodeAsync(new JsonObject { ["driver"] = "raw", ["node-name"] = QemuNames.Top(disk.DiskId), ["file"] = disk.Disk.Node }, cancellation);
        await session.PointDeviceAsync(disk.Disk.Device, QemuNames.Top(disk.DiskId), cancellation);
        await session.AddNodeAsync(
            new JsonObject
            {
                ["driver"] = "copy-before-write",
                ["node-name"] = QemuNames.Filter(disk.DiskId),
                ["file"] = disk.Disk.Node,
                ["target"] = QemuNames.Scratch(disk.DiskId),
                ["on-cbw-error"] = "break-snapshot",
                ["cbw-timeout"] = (int)s_scratchPatience.TotalSeconds,
            },
            cancellation);
    }

    private async Task ExportAsync(CancellationToken cancellation)
    {
        await session.DoAsync(
            "nbd-server-start",
            new JsonObject { ["addr"] = new JsonObject { ["type"] = "unix", ["data"] = new JsonObject { ["path"] = plan.Socket } }, ["max-connections"] = 0 },
            cancellation);
        foreach (var disk in plan.Disks)
        {
            // Only below a device that looks at the filter already: before that the nodes' permissions are in each other's way.
            await session.AddNodeAsync(new JsonObject { ["driver"] = "snapshot-access", ["node-name"] = QemuNames.Snapshot(disk.DiskId), ["file"] = QemuNames.Filter(disk.DiskId) }, cancellation);
            var export = new JsonObject
            {
                ["type"] = "nbd",
                ["id"] = QemuNames.Export(disk.DiskId),
                ["node-name"] = QemuNames.Snapshot(disk.DiskId),
                ["name"] = QemuNames.Export(disk.DiskId),
                ["writable"] = false,
            };
            if (disk.BaseBitmap is { } bitmap)
                export["bitmaps"] = new JsonArray(QemuEpochs.Bitmap(disk.Disk.Node, bitmap));
            await session.DoAsync("block-export-add", export, cancellation);
        }
    }

    private JsonObject NewBitmap(QemuDiskPlan disk)
    {
        var data = QemuEpochs.Bitmap(disk.Disk.Node, QemuNames.Bitmap(plan.Epoch, disk.DiskId));
        data["persistent"] = disk.Disk.Tracking == ChangeTracking.Persistent;
        return data;
    }
}
