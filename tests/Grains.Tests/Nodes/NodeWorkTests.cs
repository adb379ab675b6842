using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Nodes;

public sealed class NodeWorkTests(GrainsFixture fixture)
{
    private static readonly NodeWorkKind[] Both = [NodeWorkKind.Keys, NodeWorkKind.Prune];

    [Fact]
    public async Task Work_is_queued_once_leased_once_and_gone_when_it_is_done()
    {
        var world = await new World(fixture.Cluster).WithNodeAsync();
        var item = Item(world, NodeWorkKind.Prune);

        Assert.True((await EnqueueAsync(world, item)).IsFirst);
        Assert.False((await EnqueueAsync(world, item)).IsFirst);
        Assert.Null(await LeaseAsync(world, "boot", NodeWorkKind.Keys));
        var leased = (await LeaseAsync(world, "boot", Both))!;
        Assert.Null(await LeaseAsync(world, "boot", Both));

        Assert.Equal((item, NodeWorkStanding.Running), (leased.Item, leased.Standing));
        await World.Must(world.NodeGrain.RenewWorkAsync(new() { Item = item, Attempt = leased.Attempt }, default));
        await World.Must(FinishAsync(world, leased, NodeWorkOutcome.Done));
        Assert.Empty((await World.Must(world.NodeGrain.WorkAsync(default))).Items);
        await World.Refused(RefusalKind.Conflict, "lease-lost", FinishAsync(world, leased, NodeWorkOutcome.Done));
        await World.Refused(RefusalKind.Conflict, "lease-lost", world.NodeGrain.RenewWorkAsync(new() { Item = item, Attempt = leased.Attempt }, default));
    }

    [Fact]
    public async Task What_is_asked_for_while_the_work_runs_makes_it_run_again()
    {
        var world = await new World(fixture.Cluster).WithNodeAsync();
        var item = Item(world, NodeWorkKind.Prune);
        await EnqueueAsync(world, item);
        var first = (await LeaseAsync(world, "boot", Both))!;

        Assert.True((await EnqueueAsync(world, item)).IsFirst);
        await World.Must(FinishAsync(world, first, NodeWorkOutcome.Done));

        var second = (await LeaseAsync(world, "boot", Both))!;
        Assert.Equal(item, second.Item);
        Assert.NotEqual(first.Attempt, second.Attempt);
        await World.Refused(RefusalKind.Conflict, "lease-lost", FinishAsync(world, first, NodeWorkOutcome.Done));
        await World.Must(FinishAsync(world, second, NodeWorkOutcome.Done));
        Assert.Null(await LeaseAsync(world, "boot", Both));
    }

    [Fact]
    public async Task A_worker_that_starts_again_takes_up_at_once_what_it_was_killed_in_and_the_queue_outlives_the_grain()
    {
        var world = await new World(fixture.Cluster).WithNodeAsync();
        var item = Item(world, NodeWorkKind.Prune);
        await EnqueueAsync(world, item);
        var killed = (await LeaseAsync(world, "boot-1", Both))!;
        await fixture.Cluster.ForgetAsync(world.NodeGrain);

        var taken = (await LeaseAsync(world, "boot-2", Both))!;

        Assert.Equal((item, 1, "worker-silent"), (taken.Item, taken.Faults, taken.Code));
        await World.Refused(RefusalKind.Conflict, "lease-lost", FinishAsync(world, killed, NodeWorkOutcome.Done));
        await World.Must(FinishAsync(world, taken, NodeWorkOutcome.Done));
    }

    [Fact]
    public async Task What_needs_a_person_is_an_incident_in_both_logs_once_until_it_is_done()
    {
        var world = await new World(fixture.Cluster).WithNodeAsync();
        var item = Item(world, NodeWorkKind.Prune);
        await EnqueueAsync(world, item);
        var leased = (await LeaseAsync(world, "boot", Both))!;

        var stuck = await World.Must(FinishAsync(world, leased, NodeWorkOutcome.NeedsOperator, "master-key-other", "Put the right file in its place."));

        Assert.NotNull(stuck.StuckSince);
        Assert.True(stuck.NotBefore > stuck.StuckSince);
        Assert.Null(await LeaseAsync(world, "boot", Both));
        Assert.Equal(["work.stuck"], await world.EventsAsync());
        await fixture.Cluster.Grains.Get(new LogKey(LogKey.Provider)).DrainAsync(default);
        var provider = Assert.Single(
            await fixture.Log.PageAsync(LogKey.Provider, 0, 10_000, default), entry => entry.Fact.Event == "work.stuck" && entry.Fact.Details["tenant"] == world.Tenant);
        Assert.Equal(("prune", "main", "master-key-other", "Put the right file in its place."), (provider.Fact.Details["kind"], provider.Fact.Details["vault"], provider.Fact.Details["code"], provider.Fact.Details["advice"]));
    }

    [Fact]
    public async Task Failures_back_off_busy_is_no_failure_and_what_lasts_too_long_is_told()
    {
        await using var cluster = await fixture.StartClusterAsync("node-work", silos: 1);
        var world = await new World(cluster).WithNodeAsync();
        var item = Item(world, NodeWorkKind.Prune);
        await EnqueueAsync(world, item);

        await NextAsync(NodeWorkOutcome.Busy, TimeSpan.FromMinutes(6));
        Assert.Equal(0, (await OnlyAsync()).Faults);
        foreach (var (wait, faults) in ((int, int)[])[(1, 1), (2, 2), (4, 3), (8, 4)])
        {
            await NextAsync(NodeWorkOutcome.Failed, TimeSpan.FromMinutes(wait + 1));
            Assert.Equal((faults, (DateTimeOffset?)null), ((await OnlyAsync()).Faults, (await OnlyAsync()).StuckSince));
        }

        Assert.Empty(await world.EventsAsync());
        await NextAsync(NodeWorkOutcome.Failed, TimeSpan.FromHours(2));
        await NextAsync(NodeWorkOutcome.Failed, TimeSpan.FromHours(2));
        Assert.Equal(["work.stuck"], await world.EventsAsync());
        await NextAsync(NodeWorkOutcome.Done, TimeSpan.Zero);
        Assert.Equal(["work.stuck", "work.recovered"], await world.EventsAsync());

        // Never begun at all: the deadline alone tells.
        await EnqueueAsync(world, item);
        cluster.Clock.Advance(TimeSpan.FromHours(25));
        await World.Must(world.NodeGrain.BeatAsync(new() { CapacityBytes = 1, FreeBytes = 1, Vaults = 0 }, default));
        await World.Must(world.NodeGrain.BeatAsync(new() { CapacityBytes = 1, FreeBytes = 1, Vaults = 0 }, default));
        Assert.Equal(["work.stuck", "work.recovered", "work.stuck"], await world.EventsAsync());

        async Task NextAsync(NodeWorkOutcome outcome, TimeSpan then)
        {
            var leased = (await LeaseAsync(world, "boot", Both))!;
            await World.Must(FinishAsync(world, leased, outcome, outcome == NodeWorkOutcome.Done ? null : "why"));
            Assert.Null(await LeaseAsync(world, "boot", Both));
            cluster.Clock.Advance(then);
        }

        async Task<NodeWorkView> OnlyAsync() => Assert.Single((await World.Must(world.NodeGrain.WorkAsync(default))).Items);
    }

    [Fact]
    public async Task Odd_requests_and_strangers_are_refused()
    {
        var world = new World(fixture.Cluster);
        await World.Refused(RefusalKind.NotFound, "node-not-found", EnqueueAsync(world, Item(world, NodeWorkKind.Keys)));
        await World.Refused(RefusalKind.NotFound, "node-not-found", world.NodeGrain.WorkAsync(default));
        await world.WithNodeAsync();
        await World.Refused(RefusalKind.Invalid, "vault-invalid", EnqueueAsync(world, Item(world, NodeWorkKind.Keys) with { Vault = "../x" }));
        await World.Refused(RefusalKind.Invalid, "kind-invalid", EnqueueAsync(world, Item(world, (NodeWorkKind)77)));
        await World.Refused(RefusalKind.Invalid, "boot-invalid", world.NodeGrain.LeaseWorkAsync(new() { Boot = "", Kinds = [NodeWorkKind.Keys] }, default));
        await World.Refused(RefusalKind.Invalid, "kinds-invalid", world.NodeGrain.LeaseWorkAsync(new() { Boot = "b", Kinds = [] }, default));
    }

    private static NodeWorkItem Item(World world, NodeWorkKind kind) => new() { Kind = kind, Tenant = world.Tenant, Vault = "main" };

    private static Task<Reply<NodeWorkView>> EnqueueAsync(World world, NodeWorkItem item) =>
        world.NodeGrain.EnqueueWorkAsync(new() { Caller = World.NewCaller(), Item = item }, default);

    private static async Task<NodeWorkView?> LeaseAsync(World world, string boot, params NodeWorkKind[] kinds) =>
        (await World.Must(world.NodeGrain.LeaseWorkAsync(new() { Boot = boot, Kinds = [.. kinds] }, default))).Work;

    private static Task<Reply<NodeWorkView>> FinishAsync(World world, NodeWorkView work, NodeWorkOutcome outcome, string? code = null, string? advice = null) =>
        world.NodeGrain.FinishWorkAsync(new() { Item = work.Item, Attempt = work.Attempt, Outcome = outcome, Code = code, Advice = advice }, default);
}
