using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Points of a simulated host, each compared with what qemu-img reads from the same disk files.</summary>
public sealed class HyperVPointTests : IDisposable
{
    private const long Size = 24 * HyperVLab.Mebibyte;
    private readonly HyperVLab _lab = new(seed: 51);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_full_point_and_four_incrementals_equal_independent_reads_of_two_disks()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size, Size + 512);
        var random = new Random(52);
        for (var run = 0; run < 5; run++)
        {
            for (var disk = 0; disk < 2; disk++)
                await _lab.Host.GuestWritesAsync(machine, disk, [.. Enumerable.Range(0, 6).Select(_ => (random.NextInt64(0, 23 << 20), random.Next(512, 400_000)))]);

            var bases = await _lab.RunAsync(machine);

            Assert.All(bases, basis => Assert.Equal(run == 0, basis is DiskBasis.Full));
            HyperVLab.ShouldBeTidy(machine);
        }
    }

    [Fact]
    public async Task Writes_while_a_point_is_open_belong_to_the_next_one()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        await _lab.Host.GuestWritesAsync(machine, 0, (1 << 20, 5000));
        await using (var point = await _lab.OpenAsync(machine))
        {
            await _lab.Host.GuestWritesAsync(machine, 0, (1 << 20, 5000), (9 << 20, 70_000));
            var read = await _lab.ReadAsync(point);
            await _lab.ShouldBeWhatQemuReadsAsync(machine, read);
            _lab.Keep(point, read);
            await point.CommitAsync(CancellationToken.None);
        }

        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task An_incremental_reads_about_what_changed()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        await _lab.Host.GuestWritesAsync(machine, 0, (0, 20 << 20));
        await _lab.RunAsync(machine);
        await _lab.Host.GuestWritesAsync(machine, 0, (5 << 20, 4096), (15 << 20, 4096));

        await using var point = await _lab.OpenAsync(machine);

        var total = 0L;
        await foreach (var extent in point.Disks[0].ExtentsAsync(CancellationToken.None))
            total += extent.Length;
        Assert.InRange(total, 8192, 4 * 65536);
    }

    [Fact]
    public async Task An_abandoned_point_loses_no_change()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        await _lab.RunAsync(machine);
        await _lab.Host.GuestWritesAsync(machine, 0, (3 << 20, 9000));
        await using (var point = await _lab.OpenAsync(machine))
        {
            await point.AbandonAsync(CancellationToken.None);
            await point.AbandonAsync(CancellationToken.None);
        }

        HyperVLab.ShouldBeTidy(machine);
        await _lab.Host.GuestWritesAsync(machine, 0, (7 << 20, 9000));
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task Configuration_and_description_are_in_the_point()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        machine.Others.Add(new HyperVStorage("Microsoft:x\\SCSI\\0\\9\\D", 17, "Microsoft:Hyper-V:Physical Disk Drive", null));

        await using var point = await _lab.OpenAsync(machine);

        Assert.Contains(point.Configuration, file => file.Name == $"{machine.Id}.vmcx");
        var description = HyperVDescription.Find(point.Configuration)!;
        Assert.Equal("mail", description.Name);
        Assert.Equal(machine.Disks[0].Identity.ToString(), Assert.Single(description.Disks).DiskId);
        Assert.Contains("pass-through", Assert.Single(point.Skipped));
    }

    [Fact]
    public async Task An_excluded_disk_is_left_out_and_told()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size, Size);
        var left = machine.Disks[1].Identity.ToString();

        await using var point = await _lab.OpenAsync(machine, _lab.Request(machine) with { ExcludedDisks = [left] });

        Assert.Equal(machine.Disks[0].Identity.ToString(), Assert.Single(point.Disks).DiskId);
        Assert.Contains(left, Assert.Single(point.Skipped));
    }

    [Fact]
    public async Task Reads_that_fit_no_sector_are_served()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        await _lab.Host.GuestWritesAsync(machine, 0, (0, 65536), (1000, 3));
        await using var point = await _lab.OpenAsync(machine);
        var whole = new byte[65536];
        await point.Disks[0].ReadAsync(0, whole, CancellationToken.None);

        foreach (var (offset, length) in new[] { (0, 1), (511, 2), (1000, 3), (513, 511), (512, 1024), (65535, 1) })
        {
            var part = new byte[length];
            await point.Disks[0].ReadAsync(offset, part, CancellationToken.None);
            Assert.Equal(whole[offset..(offset + length)], part);
        }
    }

    [Fact]
    public async Task A_machine_that_is_off_or_cannot_quiesce_gives_a_weaker_point_with_the_reason()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        machine.Components = new HyperVComponents(new HyperVComponent(2, 12), new HyperVComponent(2, 2));
        await using (var weaker = await _lab.OpenAsync(machine))
        {
            Assert.Equal(Consistency.Crash, weaker.Achieved);
            Assert.Contains("did not quiesce", weaker.FallbackReason);
        }

        await Assert.ThrowsAsync<HypervisorException>(() => _lab.OpenAsync(machine, _lab.Request(machine) with { AllowFallback = false }));
        HyperVLab.ShouldBeTidy(machine, points: 0);

        machine.EnabledState = 3;
        await using var off = await _lab.OpenAsync(machine);
        Assert.Equal((Consistency.Crash, "the machine does not run"), (off.Achieved, off.FallbackReason));
    }
}
