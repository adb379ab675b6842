using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Vaults;

public sealed class KeyOpeningTests(GrainsFixture fixture)
{
    private const string Reason = "the customer lost its host and asks for its data";

    private static readonly string PublicKey = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]);

    [Fact]
    public async Task Two_persons_open_a_key_and_every_step_is_in_the_customers_log()
    {
        var world = await new World(fixture.Cluster).WithHotVaultAsync();
        var asked = await World.Must(world.VaultGrain.RequestKeyOpeningAsync(Request("op-1"), default));
        Assert.Equal(asked, (await world.VaultGrain.RequestKeyOpeningAsync(Request("op-1"), default)).Value);
        Assert.Empty((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Seals);
        await World.Refused(RefusalKind.Forbidden, "second-person-needed", ApproveAsync(world, asked, "key:provider/kfirst"));
        await World.Refused(RefusalKind.Forbidden, "approver-too-new", ApproveAsync(world, asked, "key:provider/ksecond", asked.RequestedAt.AddSeconds(1)));

        var approved = await World.Must(ApproveAsync(world, asked, "key:provider/ksecond"));
        await World.Refused(RefusalKind.Conflict, "opening-approved", ApproveAsync(world, asked, "key:provider/kthird"));

        Assert.Equal((KeyOpeningStanding.Approved, "key:provider/ksecond"), (approved.Standing, approved.ApprovedBy));
        var wanted = Assert.Single((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Seals);
        Assert.Equal(($"opening:{asked.Id}", PublicKey), (wanted.Receiver, wanted.PublicKey));
        await World.Must(world.VaultGrain.ReportKeyWorkAsync(new() { Node = world.Node, Seals = [new() { For = wanted, Sealed = "c2VhbGVk" }] }, default));
        await fixture.Cluster.ForgetAsync(world.VaultGrain);

        Assert.Equal("c2VhbGVk", (await ReadAsync(world, asked, "key:provider/kfirst")).SealedKey);
        Assert.Null((await ReadAsync(world, asked, "key:provider/ksecond")).SealedKey);
        Assert.Null(Assert.Single((await World.Must(world.VaultGrain.KeyOpeningsAsync(default))).Items).SealedKey);
        Assert.Equal(["key.opening-requested", "key.opening-approved", "key.sealed", "key.opening-fetched"], (await world.EventsAsync())[^4..]);
    }

    [Fact]
    public async Task Requests_and_what_was_agreed_to_end_by_themselves()
    {
        await using var cluster = await fixture.StartClusterAsync("openings", silos: 1);
        var world = await new World(cluster).WithHotVaultAsync();
        var late = await World.Must(world.VaultGrain.RequestKeyOpeningAsync(Request(), default));
        cluster.Clock.Advance(TimeSpan.FromHours(24));
        await World.Refused(RefusalKind.Conflict, "opening-expired", ApproveAsync(world, late, "key:provider/ksecond"));

        var asked = await World.Must(world.VaultGrain.RequestKeyOpeningAsync(Request(), default));
        await World.Must(ApproveAsync(world, asked, "key:provider/ksecond"));
        var wanted = Assert.Single((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Seals);
        await World.Must(world.VaultGrain.ReportKeyWorkAsync(new() { Node = world.Node, Seals = [new() { For = wanted, Sealed = "c2VhbGVk" }] }, default));
        Assert.Equal(KeyOpeningStanding.Sealed, (await ReadAsync(world, asked, "key:provider/kfirst")).Standing);
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        var over = await ReadAsync(world, asked, "key:provider/kfirst");
        Assert.Equal((KeyOpeningStanding.Expired, null), (over.Standing, over.SealedKey));
        await World.Must(world.VaultGrain.RequestKeyOpeningAsync(Request(), default));
        Assert.Equal(
            [KeyOpeningStanding.Requested, KeyOpeningStanding.Expired, KeyOpeningStanding.Expired],
            (await World.Must(world.VaultGrain.KeyOpeningsAsync(default))).Items.Select(opening => opening.Standing));
    }

    [Fact]
    public async Task Odd_openings_are_refused()
    {
        var world = await new World(fixture.Cluster).WithHotVaultAsync();
        await World.Refused(RefusalKind.Invalid, "reason-invalid", world.VaultGrain.RequestKeyOpeningAsync(Request() with { Reason = "because" }, default));
        await World.Refused(RefusalKind.Invalid, "public-key-invalid", world.VaultGrain.RequestKeyOpeningAsync(Request() with { PublicKey = "AAAA" }, default));
        await World.Refused(RefusalKind.Invalid, "key-id-invalid", world.VaultGrain.ApproveKeyOpeningAsync(new() { Caller = World.NewCaller(), Opening = "x", ApproverSince = default }, default));
        await World.Refused(
            RefusalKind.NotFound, "opening-not-found",
            world.VaultGrain.ApproveKeyOpeningAsync(new() { Caller = World.NewCaller(), Opening = $"o{new string('a', 20)}", ApproverSince = default }, default));
        await World.Refused(RefusalKind.NotFound, "opening-not-found", world.VaultGrain.ReadKeyOpeningAsync(World.NewCaller(), "o1", default));
    }

    private static RequestKeyOpening Request(string? operation = null) =>
        new() { Caller = World.NewCaller(operation) with { Actor = "key:provider/kfirst" }, Reason = Reason, PublicKey = PublicKey };

    private static Task<Reply<KeyOpeningView>> ApproveAsync(World world, KeyOpeningView opening, string actor, DateTimeOffset since = default) =>
        world.VaultGrain.ApproveKeyOpeningAsync(new() { Caller = World.NewCaller() with { Actor = actor }, Opening = opening.Id, ApproverSince = since }, default);

    private static Task<KeyOpeningView> ReadAsync(World world, KeyOpeningView opening, string actor) =>
        World.Must(world.VaultGrain.ReadKeyOpeningAsync(World.NewCaller() with { Actor = actor }, opening.Id, default));
}
