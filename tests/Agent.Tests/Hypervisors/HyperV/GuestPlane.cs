using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>
/// A guest that runs from the machine's VHDX files under QEMU. A checkpoint is what it is on Hyper-V: the guest goes on in another file, and the one that it leaves stays as it was. QEMU does that
/// by mirroring the disk and letting the guest change over. What was written is found by comparing the files that were left, one checkpoint after the other.
/// </summary>
internal sealed class GuestPlane(Guest guest, DiskLab lab) : IDiskPlane
{
    private const int Granule = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Dictionary<SimulatedDisk, string> _nodes = [];
    private readonly Dictionary<SimulatedDisk, string> _templates = [];
    private readonly Dictionary<SimulatedDisk, byte[]> _left = [];
    private int _number;

    /// <summary>The disk is the guest's device of that id; the guest is still off.</summary>
    public async Task ConnectAsync(SimulatedDisk disk, string device)
    {
        _nodes[disk] = device + "-node";
        _templates[disk] = lab.PathOf($"template-{device}.vhdx");
        await lab.RunAsync("cp", "--sparse=always", disk.Path, _templates[disk]);
    }

    public async Task<IReadOnlyList<(SimulatedDisk Disk, long Offset, long Length)>> SwitchAsync(IReadOnlyList<(SimulatedDisk Disk, string Path)> next, bool quiesce)
    {
        using var events = guest.Second.Listen();
        var mirrors = new List<(SimulatedDisk Disk, string From, string To)>();
        foreach (var (disk, path) in next)
        {
            var to = $"plane-{++_number}";
            // Another file of the same disk identity, all of which is then written anew.
            await lab.RunAsync("cp", "--sparse=always", _templates[disk], path);
            await ExecuteAsync("blockdev-add", new JsonObject
            {
                ["driver"] = "vhdx",
                ["node-name"] = to,
                ["cache"] = new JsonObject { ["no-flush"] = true },
                ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = path },
            });
            await ExecuteAsync("blockdev-mirror", new JsonObject { ["job-id"] = "mirror-" + to, ["device"] = _nodes[disk], ["target"] = to, ["sync"] = "full", ["copy-mode"] = "write-blocking" });
            mirrors.Add((disk, _nodes[disk], to));
        }

        await AllAsync(events, "BLOCK_JOB_READY", mirrors.Count);
        await AtRestAsync(quiesce, async () =>
        {
            await ExecuteAsync("stop");
            foreach (var (_, _, to) in mirrors)
                await ExecuteAsync("block-job-complete", new JsonObject { ["device"] = "mirror-" + to });
            await AllAsync(events, "BLOCK_JOB_COMPLETED", mirrors.Count);
            await ExecuteAsync("cont");
        });

        var written = new List<(SimulatedDisk, long, long)>();
        foreach (var (disk, from, to) in mirrors)
        {
            await ExecuteAsync("blockdev-del", new JsonObject { ["node-name"] = from });
            _nodes[disk] = to;
            var bytes = await lab.QemuBytesAsync(disk.Active);
            written.AddRange(DifferencesOf(_left.GetValueOrDefault(disk), bytes).Select(place => (disk, place.Offset, place.Length)));
            _left[disk] = bytes;
        }

        return written;
    }

    private static IEnumerable<(long Offset, long Length)> DifferencesOf(byte[]? before, byte[] after)
    {
        if (before is null)
            yield break;
        for (var at = 0; at < after.Length; at += Granule)
        {
            var length = Math.Min(Granule, after.Length - at);
            if (!before.AsSpan(at, length).SequenceEqual(after.AsSpan(at, length)))
                yield return (at, length);
        }
    }

    private async Task AtRestAsync(bool quiesce, Func<Task> work)
    {
        if (!quiesce)
        {
            await work();
            return;
        }

        using var agent = await GuestAgent.ConnectAsync(guest.Agent, TimeProvider.System, CancellationToken.None);
        await agent.ExecuteAsync("guest-fsfreeze-freeze", null, s_patience, CancellationToken.None);
        await work();
        await agent.ExecuteAsync("guest-fsfreeze-thaw", null, s_patience, CancellationToken.None);
    }

    private static async Task AllAsync(QmpListener events, string name, int count)
    {
        for (; count > 0; count--)
            await events.NextAsync(told => told.Name == name, CancellationToken.None);
    }

    private async Task ExecuteAsync(string command, JsonObject? arguments = null) => await guest.Second.ExecuteAsync(command, arguments, CancellationToken.None);
}
