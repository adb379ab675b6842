using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A machine of the simulated host with two disks; qemu-img is the independent reader.</summary>
internal sealed class HyperVDriverLab : IDriverLab
{
    private readonly DiskLab _lab;
    private readonly SimulatedHyperV _host;
    private readonly SimulatedMachine _machine;
    private readonly Random _random = new(112);
    private long _sequence;

    private HyperVDriverLab(DiskLab lab, SimulatedHyperV host, SimulatedMachine machine) => (_lab, _host, _machine, Driver) = (lab, host, machine, NewDriver(lab, host));

    public IHypervisorDriver Driver { get; }

    public MachineRef Machine => _machine.Ref;

    public string ScratchFolder => _lab.Folder;

    public static async Task<IDriverLab> StartAsync()
    {
        var lab = new DiskLab();
        var host = new SimulatedHyperV(lab, seed: 111);
        var machine = await host.MachineAsync("mail", 8 << 20, 6 << 20);
        var running = new HyperVDriverLab(lab, host, machine);
        await running.ChangeAsync();
        return running;
    }

    public IHypervisorDriver AnotherDriver() => NewDriver(_lab, _host);

    public Epoch NextEpoch() => Epoch.Of(_machine.Id, ++_sequence);

    public async Task ChangeAsync()
    {
        for (var disk = 0; disk < _machine.Disks.Count; disk++)
            await _host.GuestWritesAsync(_machine, disk, (_random.NextInt64(0, 5 << 20), _random.Next(512, 50_000)), (_random.NextInt64(0, 5 << 20), 512));
    }

    public Task<byte[]> IndependentAsync(IConsistentPoint point, IPointDisk disk) =>
        _lab.QemuBytesAsync(_machine.Snapshots.Single(one => one.Name == point.Epoch.ToString()).Files.Single(file => file.Disk.Identity.ToString() == disk.DiskId).Path);

    public Task ShouldBeUndisturbedAsync()
    {
        Assert.DoesNotContain(_machine.Snapshots, snapshot => snapshot.Type == HyperVSnapshot.Recovery);
        Assert.All(_machine.Disks, disk => Assert.Equal(disk.Path, disk.Active));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _lab.Dispose();
        return ValueTask.CompletedTask;
    }

    public static HyperVDriver NewDriver(DiskLab lab, SimulatedHyperV host) =>
        new(host, lab.PathOf("records"), new HyperVPatience { Look = TimeSpan.FromMilliseconds(1), Job = TimeSpan.FromMinutes(2), Busy = TimeSpan.FromMinutes(2) }, TimeProvider.System);
}
