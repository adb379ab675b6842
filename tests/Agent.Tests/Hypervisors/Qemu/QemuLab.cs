using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>The QEMU driver on a guest that several tests share: each begins with nothing committed.</summary>
internal sealed class QemuLab(Guest guest) : IDriverLab
{
    private static long s_sequence;
    private int _round;

    public QemuDriver Driver { get; } = new(guest.Host, TimeProvider.System) { Greeting = TimeSpan.FromSeconds(30) };

    IHypervisorDriver IDriverLab.Driver => Driver;

    public Guest Guest => guest;

    public MachineRef Machine => guest.Machine;

    public string ScratchFolder => guest.Scratch;

    public static async Task<QemuLab> OnAsync(Guest guest)
    {
        var lab = new QemuLab(guest);
        await lab.Driver.ReconcileAsync(lab.Machine, null, CancellationToken.None);
        return lab;
    }

    public IHypervisorDriver AnotherDriver() => new QemuDriver(guest.Host, TimeProvider.System);

    public Epoch NextEpoch() => Epoch.Of(guest.Id, Interlocked.Increment(ref s_sequence));

    public async Task ChangeAsync()
    {
        await guest.FillAsync(16 + (_round++ % 8), 1);
        await guest.WriteOnAsync(20);
    }

    public Task<byte[]> IndependentAsync(IConsistentPoint point, IPointDisk disk) =>
        Tool.ReadAsync($"nbd+unix:///{QemuNames.Export(disk.DiskId)}?socket={Path.Combine(guest.Scratch, QemuNames.Socket(point.Epoch))}", "raw");

    public Task ShouldBeUndisturbedAsync() => guest.ShouldRunAsync();

    public async ValueTask DisposeAsync()
    {
        await Driver.ReconcileAsync(Machine, null, CancellationToken.None);
        await Driver.DisposeAsync();
    }
}
