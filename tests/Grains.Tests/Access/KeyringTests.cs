using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Access;

public sealed class KeyringTests(GrainsFixture fixture)
{
    private readonly string secret = SecretText.Sha256(SecretText.NewSecret());

    [Fact]
    public async Task A_key_opens_its_own_ring_until_it_is_revoked()
    {
        var world = await new World(fixture.Cluster).WithTenantAsync();
        var ring = Ring(world.Tenant);
        var issued = await World.Must(ring.IssueAsync(Request(AccessRole.Manager), default));
        Assert.Null(issued.LastUsedAt);

        var used = await ring.AuthenticateAsync(issued.KeyId, secret, default);
        Assert.Equal((world.Tenant, AccessRole.Manager), (used!.Scope, used.Role));
        Assert.NotNull(used.LastUsedAt);
        Assert.Null(await ring.AuthenticateAsync(issued.KeyId, SecretText.Sha256("wrong"), default));
        Assert.Null(await ring.AuthenticateAsync($"k{new string('z', 20)}", secret, default));
        Assert.Null(await ring.AuthenticateAsync("k", new string('0', 64), default));
        Assert.Null(await Ring(World.Name("t")).AuthenticateAsync(issued.KeyId, secret, default));

        await World.Must(ring.RevokeAsync(new() { Caller = World.NewCaller(), KeyId = issued.KeyId }, default));
        Assert.Null(await ring.AuthenticateAsync(issued.KeyId, secret, default));
        await fixture.Cluster.ForgetAsync(ring);
        var listed = Assert.Single((await World.Must(ring.ListAsync(default))).Items);
        Assert.NotNull(listed.RevokedAt);
        Assert.NotNull(listed.LastUsedAt);
    }

    [Fact]
    public async Task A_repeated_operation_with_a_fresh_secret_gives_the_first_key()
    {
        var world = await new World(fixture.Cluster).WithTenantAsync();
        var caller = World.NewCaller();

        var first = await Ring(world.Tenant).IssueAsync(Request(AccessRole.Reader) with { Caller = caller }, default);
        var second = await Ring(world.Tenant).IssueAsync(Request(AccessRole.Reader) with { Caller = caller, SecretSha256 = World.TextHash }, default);

        Assert.False(second.IsFirst);
        Assert.Equal(first.Value!.KeyId, second.Value!.KeyId);
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", Ring(world.Tenant).IssueAsync(Request(AccessRole.Manager) with { Caller = caller }, default));
    }

    [Fact]
    public async Task Roles_stay_on_their_ring_and_rings_with_their_tenant()
    {
        var world = await new World(fixture.Cluster).WithTenantAsync();

        await World.Refused(RefusalKind.Invalid, "role-not-here", Ring(world.Tenant).IssueAsync(Request(AccessRole.Operator), default));
        await World.Refused(RefusalKind.Invalid, "role-not-here", Ring(KeyringKey.Operators).IssueAsync(Request(AccessRole.Manager), default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", Ring(World.Name("t")).IssueAsync(Request(AccessRole.Manager), default));
        await World.Refused(RefusalKind.Invalid, "key-id-invalid", Ring(world.Tenant).IssueAsync(Request(AccessRole.Reader) with { KeyId = "k1" }, default));
        await World.Refused(RefusalKind.NotFound, "key-not-found", Ring(world.Tenant).RevokeAsync(new() { Caller = World.NewCaller(), KeyId = SecretText.NewId('k') }, default));
    }

    [Fact]
    public async Task The_last_operators_key_cannot_be_revoked()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var ring = cluster.Grains.Get(new KeyringKey(KeyringKey.Operators));
        var first = await World.Must(ring.IssueAsync(Request(AccessRole.Operator), default));

        await World.Refused(RefusalKind.Conflict, "last-operator-key", ring.RevokeAsync(new() { Caller = World.NewCaller(), KeyId = first.KeyId }, default));
        await World.Must(ring.IssueAsync(Request(AccessRole.Operator), default));
        await World.Must(ring.RevokeAsync(new() { Caller = World.NewCaller(), KeyId = first.KeyId }, default));
    }

    private IKeyringGrain Ring(string scope) => fixture.Cluster.Grains.Get(new KeyringKey(scope));

    private IssueAccessKey Request(AccessRole role) =>
        new() { Caller = World.NewCaller(), KeyId = SecretText.NewId('k'), SecretSha256 = secret, Role = role, Label = "portal" };
}
