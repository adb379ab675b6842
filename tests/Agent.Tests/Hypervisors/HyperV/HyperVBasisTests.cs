using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Never an incremental on a doubtful base.</summary>
public sealed class HyperVBasisTests : IDisposable
{
    private const long Size = 8 * HyperVLab.Mebibyte;
    private readonly HyperVLab _lab = new(seed: 61);

    public void Dispose() => _lab.Dispose();

    public static TheoryData<string> Doubts => ["no offsets", "no lengths", "no length processed", "fewer lengths", "nothing processed", "too much processed", "negative offset", "empty range"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task An_answer_that_lacks_a_part_makes_the_point_full(string doubt)
    {
        var machine = await ReadyAsync();
        _lab.Host.Distort = changes => doubt switch
        {
            "no offsets" => changes with { Offsets = null },
            "no lengths" => changes with { Lengths = null },
            "no length processed" => changes with { Processed = null },
            "fewer lengths" => changes with { Offsets = [.. changes.Offsets!, 4096] },
            "nothing processed" => changes with { Processed = 0 },
            "too much processed" => changes with { Processed = long.MaxValue },
            "negative offset" => changes with { Offsets = [.. changes.Offsets!, -4096], Lengths = [.. changes.Lengths!, 4096] },
            _ => changes with { Offsets = [.. changes.Offsets!, 4096], Lengths = [.. changes.Lengths!, 0] },
        };

        Assert.Equal(FullReason.TrackingLost, Assert.IsType<DiskBasis.Full>(Assert.Single(await _lab.RunAsync(machine))).Reason);
    }

    [Theory]
    [InlineData(32768)]
    [InlineData(32773)]
    public async Task A_stale_tracking_identifier_makes_the_point_full(uint answer)
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.ChangesAsync), ReturnValue: answer));

        Assert.Equal(FullReason.TrackingLost, Assert.IsType<DiskBasis.Full>(Assert.Single(await _lab.RunAsync(machine))).Reason);
    }

    [Fact]
    public async Task A_reference_point_that_somebody_else_destroyed_makes_the_point_full()
    {
        var machine = await ReadyAsync();
        machine.Points.Clear();

        Assert.Equal(FullReason.TrackingLost, Assert.IsType<DiskBasis.Full>(Assert.Single(await _lab.RunAsync(machine))).Reason);
        HyperVLab.ShouldBeTidy(machine);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("fewer")]
    [InlineData("twice")]
    [InlineData("log")]
    public async Task A_reference_point_that_names_disks_badly_is_no_base(string doubt)
    {
        var machine = await _lab.Host.MachineAsync("mail", Size, Size);
        _lab.Host.DistortPoint = point => doubt switch
        {
            "none" => point with { Tracking = null },
            "fewer" => point with { Tracking = [.. point.Tracking!.Skip(1)] },
            "twice" => point with { Disks = [point.Disks![0], point.Disks[0]] },
            _ => point with { Type = 1 },
        };
        await _lab.RunAsync(machine);

        Assert.All(await _lab.RunAsync(machine), basis => Assert.Equal(FullReason.TrackingLost, Assert.IsType<DiskBasis.Full>(basis).Reason));
    }

    [Fact]
    public async Task Disks_in_another_order_keep_their_own_tracking()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size, Size, Size);
        await _lab.RunAsync(machine);
        (machine.Disks[0].Place, machine.Disks[2].Place) = (machine.Disks[2].Place, machine.Disks[0].Place);
        machine.Disks.Reverse();
        await _lab.Host.GuestWritesAsync(machine, 0, (2 << 20, 6000));
        await _lab.Host.GuestWritesAsync(machine, 1, (4 << 20, 6000));

        Assert.All(await _lab.RunAsync(machine), basis => Assert.IsType<DiskBasis.Incremental>(basis));
    }

    [Fact]
    public async Task A_new_disk_is_full_and_the_others_are_not()
    {
        var machine = await ReadyAsync();
        var other = await _lab.Host.MachineAsync("spare", Size);
        machine.Disks.Add(other.Disks[0]);
        other.Disks[0].Place = "SCSI\\0\\5\\D";

        var bases = await _lab.RunAsync(machine);

        Assert.IsType<DiskBasis.Incremental>(bases[0]);
        Assert.Equal(FullReason.First, Assert.IsType<DiskBasis.Full>(bases[1]).Reason);
    }

    [Fact]
    public async Task A_removed_disk_is_simply_no_longer_there()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size, Size);
        await _lab.RunAsync(machine);
        machine.Disks.RemoveAt(0);

        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task Another_size_or_base_or_a_wish_makes_the_point_full()
    {
        var machine = await ReadyAsync();
        var id = machine.Disks[0].Identity.ToString();

        Assert.Equal(FullReason.Resized, await ReasonAsync(machine, request => request with { BaseDisks = new Dictionary<string, long> { [id] = Size - 512 } }));
        Assert.Equal(FullReason.BaseDiffers, await ReasonAsync(machine, request => request with { Base = Epoch.Of(machine.Id, 77) }));
        Assert.Equal(FullReason.Asked, await ReasonAsync(machine, request => request with { ReadWhole = new Dictionary<string, string> { [id] = "the audit found a difference" } }));
        Assert.Equal(FullReason.First, await ReasonAsync(machine, request => request with { Base = null }));
    }

    [Fact]
    public async Task Copies_of_one_disk_are_told_apart_and_read_whole()
    {
        var machine = await ReadyAsync();
        File.Copy(machine.Disks[0].Path, _lab.PathOf("copy.vhdx"));
        machine.Disks.Add(new SimulatedDisk("SCSI\\0\\7\\D", _lab.PathOf("copy.vhdx")));

        await using var point = await _lab.OpenAsync(machine);

        Assert.Equal(2, point.Disks.Select(disk => disk.DiskId).Distinct().Count());
        Assert.All(point.Disks, disk => Assert.IsType<DiskBasis.Full>(disk.Basis));
    }

    [Fact]
    public async Task With_a_checkpoint_of_a_user_points_are_full_and_right()
    {
        var machine = await ReadyAsync();
        await _lab.Host.CheckpointAsync(machine, HyperVSnapshot.User, "before the update");
        await _lab.Host.GuestWritesAsync(machine, 0, (1 << 20, 8000));

        var basis = Assert.IsType<DiskBasis.Full>(Assert.Single(await _lab.RunAsync(machine)));

        Assert.Equal(FullReason.TrackingUnsupported, basis.Reason);
        Assert.Equal(HyperVSnapshot.User, Assert.Single(machine.Snapshots).Type);
    }

    [Fact]
    public async Task A_lost_record_makes_the_point_full_and_touches_no_reference_point_of_others()
    {
        var machine = await ReadyAsync();
        foreach (var file in Directory.GetFiles(_lab.PathOf("records"), "*.json"))
            await File.WriteAllTextAsync(file, "{ torn");
        var foreign = Assert.Single(machine.Points).Id;
        _lab.NewDriver();

        Assert.Equal(FullReason.TrackingLost, Assert.IsType<DiskBasis.Full>(Assert.Single(await _lab.RunAsync(machine))).Reason);
        Assert.Contains(machine.Points, point => point.Id == foreign);
    }

    private async Task<FullReason> ReasonAsync(SimulatedMachine machine, Func<PointRequest, PointRequest> change)
    {
        await using var point = await _lab.OpenAsync(machine, change(_lab.Request(machine)));
        return Assert.IsType<DiskBasis.Full>(Assert.Single(point.Disks).Basis).Reason;
    }

    /// <summary>A machine with one committed point and a change since.</summary>
    private async Task<SimulatedMachine> ReadyAsync()
    {
        var machine = await _lab.Host.MachineAsync("mail", Size);
        await _lab.Host.GuestWritesAsync(machine, 0, (0, 100_000));
        await _lab.RunAsync(machine);
        await _lab.Host.GuestWritesAsync(machine, 0, (3 << 20, 4096));
        return machine;
    }
}
