using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Whatever fails, the next run is right, and nothing of ours stays behind.</summary>
public sealed class HyperVFaultTests : IDisposable
{
    private const long Size = 8 * HyperVLab.Mebibyte;
    private readonly HyperVLab _lab = new(seed: 71);

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(nameof(IHyperVHost.CreateSnapshotAsync), Death.Before, false)]
    [InlineData(nameof(IHyperVHost.CreateSnapshotAsync), Death.After, false)]
    [InlineData(nameof(IHyperVHost.ConvertToReferencePointAsync), Death.Before, true)]
    [InlineData(nameof(IHyperVHost.ConvertToReferencePointAsync), Death.After, true)]
    [InlineData(nameof(IHyperVHost.DestroyReferencePointAsync), Death.Before, true)]
    [InlineData(nameof(IHyperVHost.DestroyReferencePointAsync), Death.After, true)]
    public async Task A_driver_that_dies_is_put_right_by_the_next(string call, Death death, bool committed)
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(call, Dies: death));
        await Assert.ThrowsAsync<DriverDied>(() => _lab.RunAsync(machine));
        Assert.Equal(committed ? 2 : 1, _lab.Committed!.Value.Sequence);
        await RestartAsync(machine);

        // The next point is an incremental from the right base, and equal to what qemu-img reads.
        await _lab.Host.GuestWritesAsync(machine, 0, (6 << 20, 4096));
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
        HyperVLab.ShouldBeTidy(machine);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_driver_that_dies_with_a_point_open_is_decided_by_the_repository(bool durable)
    {
        var machine = await ReadyAsync();
        var point = await _lab.OpenAsync(machine);
        var read = await _lab.ReadAsync(point);
        if (durable)
            _lab.Keep(point, read);
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.DestroySnapshotAsync), Dies: Death.Before));
        await Assert.ThrowsAsync<DriverDied>(() => point.DisposeAsync().AsTask());
        await RestartAsync(machine);

        HyperVLab.ShouldBeTidy(machine);
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task Reconciling_twice_does_nothing_the_second_time()
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.CreateSnapshotAsync), Dies: Death.After));
        await Assert.ThrowsAsync<DriverDied>(() => _lab.RunAsync(machine));
        _lab.Host.DriverStartsAgain();
        _lab.NewDriver();

        Assert.NotEmpty(await _lab.Driver.ReconcileAsync(machine.Ref, _lab.Committed, CancellationToken.None));
        Assert.Empty(await _lab.Driver.ReconcileAsync(machine.Ref, _lab.Committed, CancellationToken.None));
    }

    [Theory]
    [InlineData(nameof(IHyperVHost.CreateSnapshotAsync))]
    [InlineData(nameof(IHyperVHost.ConvertToReferencePointAsync))]
    [InlineData(nameof(IHyperVHost.DestroyReferencePointAsync))]
    public async Task A_job_that_vanished_is_judged_by_what_it_made(string call)
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(call, Vanishes: true));

        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
        await _lab.Driver.ReconcileAsync(machine.Ref, _lab.Committed, CancellationToken.None);
        HyperVLab.ShouldBeTidy(machine);
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_checkpoint_that_fails_half_made_leaves_nothing(bool forgetsNames)
    {
        var machine = await ReadyAsync();
        _lab.Host.ForgetsNames = forgetsNames;
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.CreateSnapshotAsync), JobCode: 32768, Half: true));

        await using (var point = await _lab.OpenAsync(machine))
            Assert.Equal(Consistency.Crash, point.Achieved);

        HyperVLab.ShouldBeTidy(machine);
    }

    [Fact]
    public async Task A_conversion_without_the_right_to_log_on_keeps_the_older_base()
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.ConvertToReferencePointAsync), JobCode: HyperVFailure.NoServiceLogon));

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => _lab.RunAsync(machine));

        Assert.Equal(("hyperv-service-logon", HypervisorFault.Operator), (refused.Code, refused.Fault));
        Assert.Contains("Log on as a service", refused.Message);
        HyperVLab.ShouldBeTidy(machine);
        await _lab.Host.GuestWritesAsync(machine, 0, (7 << 20, 4096));
        // From the older reference point: more is read than need be, and nothing is lost.
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
        HyperVLab.ShouldBeTidy(machine);
    }

    [Fact]
    public async Task A_conversion_that_fails_for_now_is_finished_by_the_next_run()
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.ConvertToReferencePointAsync), JobCode: 32768));
        Assert.Equal(HypervisorFault.Transient, (await Assert.ThrowsAsync<HypervisorException>(() => _lab.RunAsync(machine))).Fault);

        var actions = await _lab.Driver.ReconcileAsync(machine.Ref, _lab.Committed, CancellationToken.None);

        Assert.Contains(actions, action => action.StartsWith("finished the commit", StringComparison.Ordinal));
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task An_older_reference_point_that_cannot_go_is_tried_again()
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.DestroyReferencePointAsync), ReturnValue: 32768));
        await _lab.RunAsync(machine);
        Assert.Equal(2, machine.Points.Count);

        await _lab.Driver.ReconcileAsync(machine.Ref, _lab.Committed, CancellationToken.None);

        HyperVLab.ShouldBeTidy(machine);
    }

    [Fact]
    public async Task Recovery_checkpoints_of_others_are_named_and_never_touched()
    {
        var machine = await ReadyAsync();
        await _lab.Host.CheckpointAsync(machine, HyperVSnapshot.Recovery, "Another product");

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => _lab.OpenAsync(machine));

        Assert.Equal(HypervisorFault.Busy, refused.Fault);
        Assert.Contains("Another product", refused.Message);
        Assert.Single(machine.Snapshots);
        Assert.Contains((await _lab.Driver.PreflightAsync(machine.Ref, CancellationToken.None)).Blockers, finding => finding.Code == "foreign-recovery-checkpoint");
    }

    [Fact]
    public async Task A_second_driver_is_refused()
    {
        var machine = await ReadyAsync();
        await using var point = await _lab.OpenAsync(machine);

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => _lab.NewDriver().OpenPointAsync(machine.Ref, _lab.Request(machine), CancellationToken.None));

        Assert.Equal(HypervisorFault.Busy, refused.Fault);
        Assert.Null(await point.BrokenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_machine_that_moved_away_breaks_its_point_and_is_tidied_when_it_comes_back()
    {
        var machine = await ReadyAsync();
        var point = await _lab.OpenAsync(machine);
        _lab.Host.Machines.Clear();

        Assert.Contains("moved", await point.BrokenAsync(CancellationToken.None));
        await point.DisposeAsync();
        Assert.Equal(HypervisorFault.MachineGone, (await Assert.ThrowsAsync<HypervisorException>(() => _lab.OpenAsync(machine))).Fault);

        _lab.Host.Machines.Add(machine);
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
        HyperVLab.ShouldBeTidy(machine);
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_removes_breaks_the_point()
    {
        var machine = await ReadyAsync();
        await using var point = await _lab.OpenAsync(machine);
        machine.Snapshots.Clear();

        Assert.Contains("removed", await point.BrokenAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(HyperVFailure.AccessDenied, "Hyper-V Administrators")]
    [InlineData(32770u, "Windows Server 2016")]
    public async Task What_a_person_has_to_do_is_said(uint answer, string told)
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.CreateSnapshotAsync), ReturnValue: answer));

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => _lab.OpenAsync(machine));

        Assert.Equal(HypervisorFault.Operator, refused.Fault);
        Assert.Contains(told, refused.Message);
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Every_failed_state_of_a_job_is_a_failure_and_the_host_s_own_words_are_shown(int state)
    {
        var machine = await ReadyAsync();
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.CreateSnapshotAsync), JobCode: 32768, JobState: state));

        await using var point = await _lab.OpenAsync(machine);

        Assert.Equal(Consistency.Crash, point.Achieved);
        Assert.Contains("L'opération a échoué.", point.FallbackReason);
    }

    [Fact]
    public async Task A_job_that_never_ends_is_given_up()
    {
        var machine = await ReadyAsync();
        machine.Merging = 0;
        _lab.NewDriver(patience: TimeSpan.Zero);
        _lab.Host.Fail(new SimulatedFault(nameof(IHyperVHost.CreateSnapshotAsync), NeverEnds: true));

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => _lab.OpenAsync(machine, _lab.Request(machine) with { AllowFallback = false }));

        Assert.Equal(("hyperv-job-slow", HypervisorFault.Transient), (refused.Code, refused.Fault));
        _lab.NewDriver();
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task A_merge_that_does_not_end_is_told_as_busy_and_costs_nothing()
    {
        var machine = await ReadyAsync();
        machine.Merging = int.MaxValue;
        _lab.NewDriver(patience: TimeSpan.Zero);

        Assert.Equal(HypervisorFault.Busy, (await Assert.ThrowsAsync<HypervisorException>(() => _lab.OpenAsync(machine))).Fault);

        machine.Merging = 3;
        _lab.NewDriver();
        Assert.IsType<DiskBasis.Incremental>(Assert.Single(await _lab.RunAsync(machine)));
    }

    [Fact]
    public async Task A_decided_point_stays_decided()
    {
        var machine = await ReadyAsync();
        await using (var given = await _lab.OpenAsync(machine))
        {
            await given.AbandonAsync(CancellationToken.None);
            await Assert.ThrowsAsync<InvalidOperationException>(() => given.CommitAsync(CancellationToken.None));
        }

        await using var kept = await _lab.OpenAsync(machine);
        await kept.CommitAsync(CancellationToken.None);
        await kept.CommitAsync(CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.AbandonAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_repository_that_went_back_gets_a_full_point_and_no_stale_base()
    {
        var machine = await ReadyAsync();
        var actions = await _lab.Driver.ReconcileAsync(machine.Ref, null, CancellationToken.None);

        Assert.NotEmpty(actions);
        HyperVLab.ShouldBeTidy(machine, points: 0);
        Assert.IsType<DiskBasis.Full>(Assert.Single(await _lab.RunAsync(machine)));
    }

    private async Task RestartAsync(SimulatedMachine machine)
    {
        _lab.Host.DriverStartsAgain();
        await _lab.NewDriver().ReconcileAsync(machine.Ref, _lab.Committed, CancellationToken.None);
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
