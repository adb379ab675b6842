using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Nodes;

public sealed class NodeTests(GrainsFixture fixture)
{
    private readonly string name = World.Name("n");

    private INodeGrain Node => fixture.Cluster.Grains.Get(new NodeKey(name));

    [Fact]
    public async Task A_node_is_logged_when_it_is_new_and_when_it_changed_only()
    {
        await World.Must(Node.RegisterAsync(Request(), default));
        await World.Must(Node.RegisterAsync(Request(), default));
        var moved = await World.Must(Node.RegisterAsync(Request() with { Site = "lyon", FreeBytes = 7 }, default));

        Assert.Equal(("lyon", 7L), (moved.Site, moved.FreeBytes));
        await fixture.Cluster.Grains.Get(new LogKey(LogKey.Provider)).DrainAsync(default);
        var events = (await fixture.Log.PageAsync(LogKey.Provider, 0, 10_000, default)).Where(e => e.Fact.Subject == $"node/{name}").Select(e => e.Fact.Event);
        Assert.Equal(["node.registered", "node.changed"], events);
    }

    [Fact]
    public async Task A_beat_shows_at_once_and_is_written_at_most_once_a_minute()
    {
        var registered = await World.Must(Node.RegisterAsync(Request(), default));

        var beat = await World.Must(Node.BeatAsync(new() { CapacityBytes = 1000, FreeBytes = 123, Vaults = 4 }, default));

        Assert.Equal((123L, 4, registered.Version), (beat.FreeBytes, beat.Vaults, beat.Version));
        await fixture.Cluster.ForgetAsync(Node);
        var afterRestart = await World.Must(Node.BeatAsync(new() { CapacityBytes = 1000, FreeBytes = 99, Vaults = 4 }, default));
        Assert.True(afterRestart.Version > registered.Version);
    }

    [Fact]
    public async Task Odd_nodes_and_beats_of_strangers_are_refused()
    {
        await World.Refused(RefusalKind.NotFound, "node-not-found", Node.ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "node-not-found", Node.BeatAsync(new() { CapacityBytes = 1, FreeBytes = 1, Vaults = 0 }, default));
        await World.Refused(RefusalKind.Invalid, "storage-url-invalid", Node.RegisterAsync(Request() with { StorageUrl = "192.0.2.1:80" }, default));
        await World.Refused(RefusalKind.Invalid, "storage-url-invalid", Node.RegisterAsync(Request() with { StorageUrl = "ftp://x/" }, default));
        await World.Refused(RefusalKind.Invalid, "storage-url-invalid", Node.RegisterAsync(Request() with { StorageUrl = "http://user:secret@x/" }, default));
        await World.Refused(RefusalKind.Invalid, "hardware-identity-invalid", Node.RegisterAsync(Request() with { Hardware = "" }, default));
        await World.Refused(RefusalKind.Invalid, "capacity-invalid", Node.RegisterAsync(Request() with { CapacityBytes = -1 }, default));
        await World.Refused(RefusalKind.Invalid, "vaults-invalid", Node.BeatAsync(new() { CapacityBytes = 1, FreeBytes = 1, Vaults = -1 }, default));
    }

    [Fact]
    public async Task The_same_registration_twice_is_one()
    {
        var request = Request();

        Assert.True((await Node.RegisterAsync(request, default)).IsFirst);
        Assert.False((await Node.RegisterAsync(request, default)).IsFirst);
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", Node.RegisterAsync(request with { Site = "lyon" }, default));
    }

    private static RegisterNode Request() =>
        new() { Caller = World.NewCaller(), StorageUrl = "http://192.0.2.1:8081/", Hardware = "box", Site = "paris", CapacityBytes = 1000, FreeBytes = 500 };
}
