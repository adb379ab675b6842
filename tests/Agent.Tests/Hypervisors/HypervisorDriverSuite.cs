using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Tests.Hypervisors;

/// <summary>What every driver owes, whatever the hypervisor.</summary>
public abstract class HypervisorDriverSuite
{
    private protected abstract Task<IDriverLab> LabAsync();

    [Fact]
    public async Task The_machine_is_discovered_running_and_its_preflight_names_disks_and_no_blocker()
    {
        await using var lab = await LabAsync();

        var found = Assert.Single(await lab.Driver.DiscoverAsync(CancellationToken.None), machine => machine.StableId == lab.Machine.StableId);
        var report = await lab.Driver.PreflightAsync(found, CancellationToken.None);

        Assert.Equal(PowerState.Running, found.Power);
        Assert.NotEmpty(report.Disks);
        Assert.Empty(report.Blockers);
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_first_point_is_full_and_an_incremental_one_on_it_is_exact_and_reads_less()
    {
        await using var lab = await LabAsync();
        var copies = new DiskCopies();
        var (first, readFirst) = await CommittedAsync(lab, copies, null, point => Assert.All(point.Disks, disk => Assert.Equal(FullReason.First, Assert.IsType<DiskBasis.Full>(disk.Basis).Reason)));
        await lab.ChangeAsync();

        var (_, readSecond) = await CommittedAsync(lab, copies, first, point => Assert.All(point.Disks, disk => Assert.Equal(first, Assert.IsType<DiskBasis.Incremental>(disk.Basis).Base)));

        Assert.InRange(readSecond, 1, readFirst - 1);
        await lab.ShouldBeUndisturbedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_abandoned_point_loses_no_change_for_the_next_one(bool bySayingSo)
    {
        await using var lab = await LabAsync();
        var copies = new DiskCopies();
        var (first, _) = await CommittedAsync(lab, copies, null);
        await lab.ChangeAsync();
        await using (var given = await OpenAsync(lab, copies, first))
        {
            await copies.Copy().TakeAsync(given);
            await lab.ChangeAsync();
            if (bySayingSo)
            {
                await given.AbandonAsync(CancellationToken.None);
                await given.AbandonAsync(CancellationToken.None);
            }
        }

        await lab.ShouldBeUndisturbedAsync();
        await lab.ChangeAsync();
        await CommittedAsync(lab, copies, first, point => Assert.All(point.Disks, disk => Assert.IsType<DiskBasis.Incremental>(disk.Basis)));
    }

    [Fact]
    public async Task A_decided_point_stays_decided()
    {
        await using var lab = await LabAsync();
        var copies = new DiskCopies();
        await using var point = await OpenAsync(lab, copies, null);
        Assert.Null(await point.BrokenAsync(CancellationToken.None));

        await point.CommitAsync(CancellationToken.None);
        await point.CommitAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => point.AbandonAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_second_driver_is_refused_as_long_as_a_point_is_open()
    {
        await using var lab = await LabAsync();
        var copies = new DiskCopies();
        await using var second = lab.AnotherDriver();
        await using (await OpenAsync(lab, copies, null))
        {
            var opening = await Assert.ThrowsAsync<HypervisorException>(() => second.OpenPointAsync(lab.Machine, Request(lab, copies, null), CancellationToken.None));
            var reconciling = await Assert.ThrowsAsync<HypervisorException>(() => second.ReconcileAsync(lab.Machine, null, CancellationToken.None));

            Assert.Equal(HypervisorFault.Busy, opening.Fault);
            Assert.Equal(HypervisorFault.Busy, reconciling.Fault);
        }

        await using var now = await second.OpenPointAsync(lab.Machine, Request(lab, copies, null), CancellationToken.None);
        Assert.NotEmpty(now.Disks);
    }

    [Fact]
    public async Task Reconciling_twice_does_nothing_the_second_time()
    {
        await using var lab = await LabAsync();
        var (first, _) = await CommittedAsync(lab, new DiskCopies(), null);

        await lab.Driver.ReconcileAsync(lab.Machine, first, CancellationToken.None);

        Assert.Empty(await lab.Driver.ReconcileAsync(lab.Machine, first, CancellationToken.None));
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_disk_is_full_with_its_reason_when_asked_for_or_of_another_size_or_not_in_the_base()
    {
        await using var lab = await LabAsync();
        var copies = new DiskCopies();
        var (first, _) = await CommittedAsync(lab, copies, null);
        var disk = copies.Sizes.Keys.Order(StringComparer.Ordinal).First();

        var asked = await BasisAsync(disk, Request(lab, copies, first, readWhole: (disk, "the audit found a mismatch")));
        var resized = await BasisAsync(disk, Request(lab, copies, first, sizes: copies.Sizes.ToDictionary(size => size.Key, size => size.Value + 4096)));
        var unknown = await BasisAsync(disk, Request(lab, copies, first, sizes: copies.Sizes.Where(size => size.Key != disk).ToDictionary()));

        Assert.Equal(new DiskBasis.Full(FullReason.Asked, "the audit found a mismatch"), asked);
        Assert.Equal(FullReason.Resized, Assert.IsType<DiskBasis.Full>(resized).Reason);
        Assert.Equal(FullReason.First, Assert.IsType<DiskBasis.Full>(unknown).Reason);

        async Task<DiskBasis> BasisAsync(string wanted, PointRequest request)
        {
            await using var point = await lab.Driver.OpenPointAsync(lab.Machine, request, CancellationToken.None);
            return point.Disks.Single(one => one.DiskId == wanted).Basis;
        }
    }

    [Fact]
    public async Task A_base_that_the_driver_does_not_have_is_never_taken()
    {
        await using var lab = await LabAsync();
        var copies = new DiskCopies();
        await CommittedAsync(lab, copies, null);
        var never = lab.NextEpoch();

        await using var point = await OpenAsync(lab, copies, never);

        Assert.All(point.Disks, disk => Assert.Contains(Assert.IsType<DiskBasis.Full>(disk.Basis).Reason, new[] { FullReason.TrackingLost, FullReason.BaseDiffers }));
    }

    [Fact]
    public async Task A_disk_that_the_operator_left_out_is_named_as_skipped()
    {
        await using var lab = await LabAsync();
        var left = (await lab.Driver.PreflightAsync(lab.Machine, CancellationToken.None)).Disks[0].DiskId;

        await using var point = await lab.Driver.OpenPointAsync(lab.Machine, Request(lab, new DiskCopies(), null, excluded: left), CancellationToken.None);

        Assert.DoesNotContain(point.Disks, disk => disk.DiskId == left);
        Assert.Contains(point.Skipped, skipped => skipped.Contains(left, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_that_the_host_does_not_have_is_gone()
    {
        await using var lab = await LabAsync();
        var stranger = new MachineRef("nobody-has-this-id", "stranger", PowerState.Running);
        var request = new PointRequest { New = Epoch.Of(stranger.StableId, 1), ScratchFolder = lab.ScratchFolder };

        var gone = await Assert.ThrowsAsync<HypervisorException>(() => lab.Driver.OpenPointAsync(stranger, request, CancellationToken.None));

        Assert.Equal(HypervisorFault.MachineGone, gone.Fault);
    }

    private protected static PointRequest Request(
        IDriverLab lab, DiskCopies copies, Epoch? last, (string Disk, string Reason)? readWhole = null, IReadOnlyDictionary<string, long>? sizes = null, string? excluded = null) => new()
        {
            New = lab.NextEpoch(),
            Base = last,
            BaseDisks = sizes ?? copies.Sizes,
            ScratchFolder = lab.ScratchFolder,
            ScratchBudget = 256 << 20,
            FreezeDeadline = TimeSpan.FromSeconds(60),
            ReadWhole = readWhole is { } one ? new Dictionary<string, string> { [one.Disk] = one.Reason } : new Dictionary<string, string>(),
            ExcludedDisks = excluded is null ? [] : [excluded],
        };

    private protected static Task<IConsistentPoint> OpenAsync(IDriverLab lab, DiskCopies copies, Epoch? last) =>
        lab.Driver.OpenPointAsync(lab.Machine, Request(lab, copies, last), CancellationToken.None);

    /// <summary>A point that is read into the copies, compared with an independent read and committed.</summary>
    private protected static async Task<(Epoch Epoch, long Read)> CommittedAsync(IDriverLab lab, DiskCopies copies, Epoch? last, Action<IConsistentPoint>? look = null)
    {
        await using var point = await OpenAsync(lab, copies, last);
        look?.Invoke(point);
        var read = await copies.TakeAsync(point);
        await copies.ShouldEqualAsync(lab, point);
        await point.CommitAsync(CancellationToken.None);
        return (point.Epoch, read);
    }
}
