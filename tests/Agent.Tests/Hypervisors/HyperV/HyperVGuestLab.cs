using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.Vhdx;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>The simulated host with a machine that lives: a guest that boots from VHDX files which we wrote, and writes them on.</summary>
internal sealed class HyperVGuestLab : IDriverLab
{
    private readonly DiskLab _lab;
    private readonly SimulatedMachine _machine;
    private long _sequence;
    private int _round;

    private HyperVGuestLab(DiskLab lab, Guest guest, SimulatedHyperV host, SimulatedMachine machine) =>
        (_lab, Guest, Host, _machine, Driver) = (lab, guest, host, machine, HyperVDriverLab.NewDriver(lab, host));

    public IHypervisorDriver Driver { get; }

    public Guest Guest { get; }

    public SimulatedHyperV Host { get; }

    public MachineRef Machine => _machine.Ref;

    public string ScratchFolder => _lab.Folder;

    /// <summary>The id that the driver gives to the guest's device.</summary>
    public string DiskId(string device) => _machine.Disks[Guest.Disks.FindIndex(disk => disk.Id == device)].Identity.ToString();

    public static async Task<HyperVGuestLab> StartAsync()
    {
        var lab = new DiskLab();
        var guest = await Guest.CreateAsync(new GuestOptions { Format = "raw" });
        for (var number = 0; number < guest.Disks.Count; number++)
            guest.Disks[number] = await WrittenByUsAsync(guest.Disks[number], lab.PathOf($"{guest.Disks[number].Id}.vhdx"));
        var plane = new GuestPlane(guest, lab);
        var host = new SimulatedHyperV(lab, seed: 121) { Plane = plane };
        var machine = new SimulatedMachine("guest");
        foreach (var (number, disk) in guest.Disks.Index())
        {
            machine.Disks.Add(new SimulatedDisk($"SCSI\\0\\{number}\\D", disk.File));
            await plane.ConnectAsync(machine.Disks[number], disk.Id);
        }

        await guest.BootAsync();
        host.Machines.Add(machine);
        return new HyperVGuestLab(lab, guest, host, machine);
    }

    public IHypervisorDriver AnotherDriver() => HyperVDriverLab.NewDriver(_lab, Host);

    public Epoch NextEpoch() => Epoch.Of(_machine.Id, ++_sequence);

    public async Task ChangeAsync()
    {
        await Guest.FillAsync(16 + (_round++ % 8), 1);
        await Guest.WriteOnAsync(20);
    }

    public Task<byte[]> IndependentAsync(IConsistentPoint point, IPointDisk disk) =>
        _lab.QemuBytesAsync(_machine.Snapshots.Single(one => one.Name == point.Epoch.ToString()).Files.Single(file => file.Disk.Identity.ToString() == disk.DiskId).Path);

    public Task ShouldBeUndisturbedAsync()
    {
        Assert.DoesNotContain(_machine.Snapshots, snapshot => snapshot.Type == HyperVSnapshot.Recovery);
        Assert.All(_machine.Disks, disk => Assert.Equal(disk.Path, disk.Active));
        return Guest.ShouldRunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Guest.DisposeAsync();
        _lab.Dispose();
    }

    private static async Task<GuestDisk> WrittenByUsAsync(GuestDisk raw, string path)
    {
        await using var file = File.OpenRead(raw.File);
        using var writer = VhdxWriter.Create(path, file.Length);
        var buffer = new byte[1 << 20];
        for (var at = 0L; await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read; at += read)
        {
            if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
                await writer.WriteAsync(at, buffer.AsMemory(0, read), CancellationToken.None);
        }

        writer.Complete();
        return raw with { File = path, Format = "vhdx" };
    }
}
