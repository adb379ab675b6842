using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A machine made anew from a point: its disks by qemu-img's judgement, the machine by the simulator's rules.</summary>
public sealed class HyperVRestoreTests : IDisposable
{
    private const long Size = 8 * HyperVLab.Mebibyte;
    private readonly HyperVLab _lab = new(seed: 91);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_machine_is_made_off_and_disconnected_with_the_disks_of_the_point()
    {
        var (request, read, expected) = await PointAsync();

        await using (var restore = await Target().PrepareAsync(request, CancellationToken.None))
        {
            foreach (var (id, bytes) in read)
                await restore.WriteAsync(id, 0, bytes, CancellationToken.None);
            Assert.Contains("mail-2", await restore.CompleteAsync(CancellationToken.None));
        }

        var machine = Assert.Single(_lab.Host.PlannedMachines);
        Assert.True(machine.IsReal);
        Assert.False(machine.IsConnected);
        Assert.Equal("mail-2", machine.Name);
        // The drive whose disk the point does not hold is gone.
        var drive = Assert.Single(machine.Storage);
        await _lab.Host.Lab.QemuImgAsync("check", "-f", "vhdx", drive.Path!);
        DiskLab.ShouldBeEqual(expected, await _lab.Host.Lab.QemuBytesAsync(drive.Path!));
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_nothing()
    {
        var (request, _, _) = await PointAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVRestoreHost.RealizeAsync), JobCode: 32768));
        await using (var restore = await Target().PrepareAsync(request, CancellationToken.None))
            await Assert.ThrowsAsync<HypervisorException>(() => restore.CompleteAsync(CancellationToken.None));

        Assert.Empty(_lab.Host.PlannedMachines);
        Assert.False(Path.Exists(Path.Combine(request.Folder, request.Name)));
    }

    [Fact]
    public async Task A_restore_that_is_given_up_leaves_nothing()
    {
        var (request, read, _) = await PointAsync();
        await using (var restore = await Target().PrepareAsync(request, CancellationToken.None))
            await restore.WriteAsync(read.Keys.First(), 4096, new byte[] { 1 }, CancellationToken.None);

        Assert.False(Path.Exists(Path.Combine(request.Folder, request.Name)));
    }

    [Theory]
    [InlineData("mail", "vhdx", "hyperv-name-taken")]
    [InlineData("MAIL", "vhdx", "hyperv-name-taken")]
    [InlineData("a/b", "vhdx", "hyperv-name")]
    [InlineData("new", "qcow2", "hyperv-format")]
    public async Task What_cannot_be_made_is_refused_before_anything_is_made(string name, string format, string code)
    {
        var (request, _, _) = await PointAsync();

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => Target().PrepareAsync(request with { Name = name, Format = format }, CancellationToken.None));

        Assert.Equal(code, refused.Code);
        Assert.Empty(Directory.GetFileSystemEntries(request.Folder));
    }

    private HyperVRestoreTarget Target() => new(_lab.Host, new HyperVPatience { Look = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);

    private async Task<(MachineRestoreRequest Request, Dictionary<string, byte[]> Read, byte[] Expected)> PointAsync()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size, Size);
        await _lab.Host.GuestWritesAsync(machine, 0, (0, 100_000), (5 << 20, 9000));
        var id = machine.Disks[0].Identity.ToString();
        await using var point = await _lab.OpenAsync(machine, _lab.Request(machine) with { ExcludedDisks = [machine.Disks[1].Identity.ToString()] });
        var read = await _lab.ReadAsync(point);
        foreach (var disk in machine.Disks)
            _lab.Host.Imported.Add(new HyperVStorage($"Microsoft:planned\\{disk.Place}", 31, "Microsoft:Hyper-V:Virtual Hard Disk", disk.Path));
        var expected = await _lab.Host.Lab.QemuBytesAsync(machine.Snapshots[0].Files[0].Path);
        var request = new MachineRestoreRequest
        {
            Name = "mail-2",
            Disks = [(id, Size)],
            Configuration = point.Configuration,
            Folder = Directory.CreateDirectory(_lab.PathOf("restored")).FullName,
            Format = "vhdx",
        };
        return (request, read, expected);
    }
}
