using System.Text.Json;
using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>
/// Takes everything of ours out of a running QEMU, whoever put it there and however far it came: the one way by which points end, well or not.
/// Each step looks at what is there, so it may be repeated after any interruption. The guest runs on.
/// </summary>
internal sealed class QemuTidy(QemuSession session, QemuJournal journal)
{
    private readonly List<string> _done = [];

    /// <returns>What was done.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        var intent = journal.Read();
        await ExportsAsync(intent is not null, cancellation);
        await JobsAsync(cancellation);
        await NodesAsync(intent, cancellation);
        if (intent is not null)
            DeleteFiles(intent);
        return _done;
    }

    /// <summary>Scratch of a QEMU that is gone.</summary>
    public static IReadOnlyList<string> WithoutMachine(QemuJournal journal)
    {
        if (journal.Read() is not { } intent)
            return [];
        var done = intent.Files.Where(File.Exists).Select(file => $"removed {Path.GetFileName(file)}").ToList();
        foreach (var file in intent.Files)
            File.Delete(file);
        journal.Clear();
        return done;
    }

    private async Task ExportsAsync(bool startedServer, CancellationToken cancellation)
    {
        var exports = (await session.AskAsync("query-block-exports", cancellation)).EnumerateArray().Select(one => one.GetProperty("id").GetString()!).ToList();
        var ours = exports.Where(id => id.StartsWith(QemuNames.Prefix, StringComparison.Ordinal)).ToList();
        foreach (var export in ours)
        {
            await session.DeleteExportAsync(export, cancellation);
            _done.Add($"removed the export {export}");
        }

        if (exports.Count > ours.Count || (ours.Count == 0 && !startedServer))
            return;
        try
        {
            await session.DoAsync("nbd-server-stop", [], cancellation);
            _done.Add("stopped the NBD server");
        }
        catch (QmpException)
        {
            // It was not running: an earlier driver came no further, or stopped it.
        }
    }

    private async Task JobsAsync(CancellationToken cancellation)
    {
        foreach (var job in (await session.AskAsync("query-jobs", cancellation)).EnumerateArray())
        {
            var id = job.GetProperty("id").GetString()!;
            if (!id.StartsWith(QemuNames.Prefix, StringComparison.Ordinal) || job.GetProperty("status").GetString() != "concluded")
                continue;
            await session.DoAsync("job-dismiss", new JsonObject { ["id"] = id }, cancellation);
            _done.Add($"dismissed the job {id}");
        }
    }

    private async Task NodesAsync(QemuIntent? intent, CancellationToken cancellation)
    {
        var there = await session.OurNodesAsync(cancellation);
        if (there.Count == 0)
            return;
        await DeleteAsync(there, "-snap", cancellation);
        await DetachAsync(intent, there, cancellation);
        foreach (var role in new[] { "-top", "-cbw", "-scratch", "-limit" })
            await DeleteAsync(there, role, cancellation);
        _done.Add($"removed {there.Count} nodes");
    }

    /// <summary>The devices look at their own disks again: first all filters are left at once, then the pass-through nodes.</summary>
    private async Task DetachAsync(QemuIntent? intent, IReadOnlySet<string> there, CancellationToken cancellation)
    {
        var disks = await DisksAsync(intent, cancellation);
        var tops = disks.Where(disk => there.Contains(QemuNames.Top(disk.DiskId))).ToList();
        if (tops.Count > 0)
            await session.SwitchAsync(tops.Select(disk => (QemuNames.Top(disk.DiskId), disk.Node)), cancellation);
        var looksAt = (await session.AskAsync("query-block", cancellation)).EnumerateArray()
            .Where(device => device.TryGetProperty("qdev", out _) && device.TryGetProperty("inserted", out _))
            .ToDictionary(device => device.GetProperty("qdev").GetString()!, device => device.GetProperty("inserted").GetProperty("node-name").GetString()!, StringComparer.Ordinal);
        foreach (var disk in tops.Where(disk => looksAt.GetValueOrDefault(disk.Device) == QemuNames.Top(disk.DiskId)))
            await session.PointDeviceAsync(disk.Device, disk.Node, cancellation);
    }

    /// <summary>From the journal; where it was lost, QEMU's own graph tells what lies under our nodes.</summary>
    private async Task<IReadOnlyList<QemuJournalDisk>> DisksAsync(QemuIntent? intent, CancellationToken cancellation)
    {
        if (intent is not null)
            return intent.Disks;
        var below = GraphOf(await session.AskAsync("x-debug-query-block-graph", cancellation));
        var disks = new List<QemuJournalDisk>();
        foreach (var device in (await session.AskAsync("query-block", cancellation)).EnumerateArray())
        {
            if (!device.TryGetProperty("qdev", out var path) || !device.TryGetProperty("inserted", out var inserted))
                continue;
            var node = inserted.GetProperty("node-name").GetString()!;
            while (node.StartsWith(QemuNames.Prefix, StringComparison.Ordinal) && below.TryGetValue(node, out var next))
                node = next;
            var diskId = QemuInventory.DiskIdOf(path.GetString()!, device.GetProperty("device").GetString()!, node, inserted.GetProperty("file").GetString()!);
            disks.Add(new QemuJournalDisk(diskId, path.GetString()!, node));
        }

        return disks;
    }

    private static Dictionary<string, string> GraphOf(JsonElement graph)
    {
        var names = graph.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("id").GetInt64(), node => node.GetProperty("name").GetString()!);
        return graph.GetProperty("edges").EnumerateArray().Where(edge => edge.GetProperty("name").GetString() == "file")
            .GroupBy(edge => names[edge.GetProperty("parent").GetInt64()], StringComparer.Ordinal)
            .ToDictionary(edges => edges.Key, edges => names[edges.First().GetProperty("child").GetInt64()], StringComparer.Ordinal);
    }

    private async Task DeleteAsync(IReadOnlySet<string> there, string role, CancellationToken cancellation)
    {
        foreach (var name in there.Where(name => name.EndsWith(role, StringComparison.Ordinal)))
            await session.DeleteNodeAsync(name, cancellation);
    }

    private void DeleteFiles(QemuIntent intent)
    {
        foreach (var file in intent.Files)
            File.Delete(file);
        journal.Clear();
    }
}
