using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>A guest agent that is absent, halted, slow, refusing or killed while frozen: the guest is never left frozen, and what was achieved is told truly.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class QemuAgentTests(SharedGuest shared)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private Guest Guest => shared.Guest;

    [Fact]
    public async Task A_driver_that_died_while_the_guest_was_frozen_is_made_good_by_the_next_one()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await FreezeAsync();
        var before = await Guest.NumberAsync();

        var done = await lab.Driver.ReconcileAsync(lab.Machine, null, CancellationToken.None);

        Assert.Contains("thawed the guest's file systems", done);
        Assert.True(before <= await Guest.NumberAsync());
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task An_agent_that_dies_while_the_guest_is_frozen_thaws_when_it_is_back()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await FreezeAsync();
        Assert.Equal("done", await Guest.AskAsync("k"));

        using var deadline = new CancellationTokenSource(s_patience);
        while (!(await lab.Driver.ReconcileAsync(lab.Machine, null, deadline.Token)).Contains("thawed the guest's file systems"))
            deadline.Token.ThrowIfCancellationRequested();

        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task Without_an_agent_that_answers_the_point_is_crash_consistent_and_says_why()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        Assert.Equal("done", await Guest.AskAsync("h"));
        try
        {
            await using var point = await lab.OpenAsync(lab.Request(new DiskCopies(), null, Consistency.Application));

            Assert.Equal(Consistency.Crash, point.Achieved);
            Assert.StartsWith("the guest agent does not answer", point.FallbackReason, StringComparison.Ordinal);
            Assert.Equal(GuestAgentState.NoContact, (await Preflight(lab)).Agent);
        }
        finally
        {
            await Guest.AskAsync("c");
        }

        await ShouldFreezeAgainAsync(lab);
    }

    [Fact]
    public async Task Without_fallback_no_point_is_better_than_a_weaker_one()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await using var agentless = new QemuDriver(Guest.Host with { Machines = [Guest.Entry with { Agent = null }] }, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<HypervisorException>(() => agentless.OpenPointAsync(
            lab.Machine, lab.Request(new DiskCopies(), null, Consistency.Application) with { AllowFallback = false }, CancellationToken.None));

        Assert.Equal((HypervisorFault.Transient, "consistency-missed"), (refused.Fault, refused.Code));
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_freeze_that_takes_too_long_is_thawed_and_the_point_falls_back()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.AskAsync("t hook-slow");
        try
        {
            await using var point = await lab.OpenAsync(lab.Request(new DiskCopies(), null, Consistency.Application) with { FreezeDeadline = TimeSpan.FromSeconds(1) });

            Assert.Equal((Consistency.Crash, "the guest did not freeze within 1 s"), (point.Achieved, point.FallbackReason));
            await Guest.WriteOnAsync(10);
        }
        finally
        {
            await Guest.AskAsync("r hook-slow");
        }

        await ShouldFreezeAgainAsync(lab);
    }

    [Fact]
    public async Task A_hook_that_refuses_makes_the_point_fall_back_with_the_agents_words()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.AskAsync("t hook-fails");
        try
        {
            await using var point = await lab.OpenAsync(lab.Request(new DiskCopies(), null, Consistency.Application));

            Assert.Equal(Consistency.Crash, point.Achieved);
            Assert.StartsWith("the guest did not freeze: ", point.FallbackReason, StringComparison.Ordinal);
        }
        finally
        {
            await Guest.AskAsync("r hook-fails");
        }

        await ShouldFreezeAgainAsync(lab);
    }

    [Fact]
    public async Task Without_hooks_a_frozen_guest_is_consistent_for_its_file_systems_only()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await using var plain = new QemuDriver(Guest.Host with { Machines = [Guest.Entry with { FreezeHooks = false }] }, TimeProvider.System);

        await using var point = await plain.OpenPointAsync(lab.Machine, lab.Request(new DiskCopies(), null, Consistency.Application), CancellationToken.None);

        Assert.Equal((Consistency.FileSystem, "no freeze hooks are configured for this guest"), (point.Achieved, point.FallbackReason));
        Assert.Contains((await plain.PreflightAsync(lab.Machine, CancellationToken.None)).Blockers, blocker => blocker.Code == "monitor-silent");
    }

    private async Task ShouldFreezeAgainAsync(QemuLab lab)
    {
        await using (var point = await lab.OpenAsync(lab.Request(new DiskCopies(), null, Consistency.Application)))
            Assert.Equal((Consistency.Application, null), (point.Achieved, point.FallbackReason));
        await lab.ShouldBeUndisturbedAsync();
    }

    private async Task<PreflightReport> Preflight(QemuLab lab)
    {
        // The driver's monitor is held by the open point: the same questions on the other one.
        await using var other = new QemuDriver(Guest.Host with { Machines = [Guest.Entry with { Monitor = Guest.PathOf("qmp3") }] }, TimeProvider.System);
        return await other.PreflightAsync(lab.Machine, CancellationToken.None);
    }

    private async Task FreezeAsync()
    {
        using var agent = await GuestAgent.ConnectAsync(Guest.Agent, TimeProvider.System, CancellationToken.None);
        var frozen = await agent.ExecuteAsync("guest-fsfreeze-freeze", null, s_patience, CancellationToken.None);
        Assert.Equal(1, frozen.GetInt32());
    }
}
