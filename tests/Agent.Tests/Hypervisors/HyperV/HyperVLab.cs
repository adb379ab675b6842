using System.Security.Cryptography;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A simulated host, drivers for it, and a stand-in for the repository that keeps what each point read.</summary>
internal sealed class HyperVLab : IDisposable
{
    public const int Mebibyte = 1 << 20;
    private readonly DiskLab _lab = new();
    private readonly Dictionary<string, byte[]> _kept = [];

    public HyperVLab(int seed)
    {
        Host = new SimulatedHyperV(_lab, seed);
        Driver = NewDriver();
    }

    public SimulatedHyperV Host { get; }

    public HyperVDriver Driver { get; private set; }

    public Epoch? Committed { get; private set; }

    public long Sequence { get; set; }

    public Dictionary<string, long> BaseDisks { get; } = [];

    public string PathOf(string name) => _lab.PathOf(name);

    public HyperVDriver NewDriver(TimeSpan? patience = null) => Driver = new HyperVDriver(Host, _lab.PathOf("records"),
        new HyperVPatience { Look = TimeSpan.FromMilliseconds(1), Job = patience ?? TimeSpan.FromMinutes(2), Busy = patience ?? TimeSpan.FromMinutes(2) }, TimeProvider.System);

    public PointRequest Request(SimulatedMachine machine) => new()
    {
        New = Epoch.Of(machine.Id, ++Sequence),
        Base = Committed,
        BaseDisks = new Dictionary<string, long>(BaseDisks),
        ScratchFolder = _lab.Folder,
    };

    public async Task<IConsistentPoint> OpenAsync(SimulatedMachine machine, PointRequest? request = null)
    {
        await Driver.ReconcileAsync(machine.Ref, Committed, CancellationToken.None);
        return await Driver.OpenPointAsync(machine.Ref, request ?? Request(machine), CancellationToken.None);
    }

    /// <summary>Reads a point as a backup does, on top of what the last one kept.</summary>
    public async Task<Dictionary<string, byte[]>> ReadAsync(IConsistentPoint point)
    {
        var read = new Dictionary<string, byte[]>();
        foreach (var disk in point.Disks)
        {
            var bytes = disk.Basis is DiskBasis.Incremental ? (byte[])_kept[disk.DiskId].Clone() : new byte[disk.Size];
            var end = 0L;
            await foreach (var extent in disk.ExtentsAsync(CancellationToken.None))
            {
                Assert.True(extent.Offset >= end && extent.Length > 0 && extent.End <= disk.Size);
                end = extent.End;
                if (extent.Kind == ExtentKind.Zero)
                    bytes.AsSpan((int)extent.Offset, (int)extent.Length).Clear();
                else
                    await disk.ReadAsync(extent.Offset, bytes.AsMemory((int)extent.Offset, (int)extent.Length), CancellationToken.None);
            }

            read[disk.DiskId] = bytes;
        }

        return read;
    }

    /// <summary>What qemu-img reads from the same files, without us.</summary>
    public async Task ShouldBeWhatQemuReadsAsync(SimulatedMachine machine, Dictionary<string, byte[]> read)
    {
        foreach (var (disk, path) in machine.Snapshots.Last(snapshot => snapshot.Type == HyperVSnapshot.Recovery).Files)
            Assert.Equal(Convert.ToHexString(SHA256.HashData(await _lab.QemuBytesAsync(path))), Convert.ToHexString(SHA256.HashData(read[disk.Identity.ToString()])));
    }

    /// <summary>The repository's part: the snapshot is durable.</summary>
    public void Keep(IConsistentPoint point, Dictionary<string, byte[]> read)
    {
        Committed = point.Epoch;
        foreach (var disk in point.Disks)
            (_kept[disk.DiskId], BaseDisks[disk.DiskId]) = (read[disk.DiskId], disk.Size);
    }

    /// <summary>One whole run, judged by qemu-img. Returns the basis of each disk.</summary>
    public async Task<IReadOnlyList<DiskBasis>> RunAsync(SimulatedMachine machine)
    {
        await using var point = await OpenAsync(machine);
        var read = await ReadAsync(point);
        await ShouldBeWhatQemuReadsAsync(machine, read);
        Keep(point, read);
        await point.CommitAsync(CancellationToken.None);
        return [.. point.Disks.Select(disk => disk.Basis)];
    }

    /// <summary>Of what a run makes, nothing stays but one reference point.</summary>
    public static void ShouldBeTidy(SimulatedMachine machine, int points = 1)
    {
        Assert.DoesNotContain(machine.Snapshots, snapshot => snapshot.Type == HyperVSnapshot.Recovery);
        Assert.Equal(points, machine.Points.Count);
    }

    public void Dispose() => _lab.Dispose();
}
