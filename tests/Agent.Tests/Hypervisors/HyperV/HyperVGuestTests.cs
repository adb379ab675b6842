using System.Globalization;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Tests.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>The suite of all drivers, on the simulated Hyper-V host with a real guest that runs from VHDX: the calls are simulated, the bytes are not.</summary>
[Trait(Pace.Trait, Pace.Long)]
public sealed class HyperVGuestTests : HypervisorDriverSuite
{
    private protected override async Task<IDriverLab> LabAsync() => await HyperVGuestLab.StartAsync();

    [Fact]
    public async Task A_full_point_and_six_incrementals_are_exact_and_quiesced_and_the_machine_made_anew_boots_where_the_last_one_was_taken()
    {
        await using var lab = await HyperVGuestLab.StartAsync();
        var copies = new DiskCopies();
        var (app, ring) = (lab.DiskId("app"), lab.DiskId("ring"));
        Epoch? last = null;
        IReadOnlyList<ConfigurationFile> configuration = [];
        for (var round = 0; round <= 6; round++)
        {
            (last, _) = await CommittedAsync(lab, copies, last, point =>
            {
                Assert.Equal((Consistency.Application, null), (point.Achieved, point.FallbackReason));
                Assert.All(point.Disks, disk => Assert.Equal(round > 0, disk.Basis is DiskBasis.Incremental));
                configuration = point.Configuration;
            });
            Assert.Null(GuestImage.RingFault(copies[ring]));
            Assert.True(GuestImage.IsFileSystemClean(copies[app]) && GuestImage.IsQuiesced(copies[app]));
            await lab.ChangeAsync();
        }

        await lab.ShouldBeUndisturbedAsync();
        await lab.Guest.KillAsync();
        await using var anew = await Guest.CreateAsync(new GuestOptions { Format = "raw" });
        var files = await RestoreAsync(lab, copies, [app, ring], configuration);
        for (var number = 0; number < files.Count; number++)
            anew.Disks[number] = anew.Disks[number] with { File = files[number], Format = "vhdx" };
        await anew.BootAsync();

        var expected = GuestImage.Numbers(copies[app], copies[ring]).Table;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"writer: start {expected} clean"), anew.Serial(), StringComparison.Ordinal);
    }

    /// <summary>As the driver's own restore makes it: VHDX files, judged by qemu-img.</summary>
    private static async Task<IReadOnlyList<string>> RestoreAsync(HyperVGuestLab lab, DiskCopies copies, IReadOnlyList<string> disks, IReadOnlyList<ConfigurationFile> configuration)
    {
        foreach (var disk in lab.Host.Machines[0].Disks)
            lab.Host.Imported.Add(new HyperVStorage($"Microsoft:planned\\{disk.Place}", 31, "Microsoft:Hyper-V:Virtual Hard Disk", disk.Path));
        var target = new HyperVRestoreTarget(lab.Host, new HyperVPatience { Look = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);
        var request = new MachineRestoreRequest { Name = "anew", Folder = lab.ScratchFolder, Format = "vhdx", Disks = [.. disks.Select(disk => (disk, copies.Sizes[disk]))], Configuration = configuration };
        await using (var restore = await target.PrepareAsync(request, CancellationToken.None))
        {
            foreach (var disk in disks)
                await restore.WriteAsync(disk, 0, copies[disk], CancellationToken.None);
            await restore.CompleteAsync(CancellationToken.None);
        }

        var made = Assert.Single(lab.Host.PlannedMachines);
        var files = lab.Host.Machines[0].Disks.Select(disk => made.Storage.Single(drive => drive.Id.EndsWith(disk.Place, StringComparison.Ordinal)).Path!).ToList();
        foreach (var file in files)
            await lab.Host.Lab.QemuImgAsync("check", "-q", "-f", "vhdx", file);
        return files;
    }
}
