using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace BackupOnline.Grains.Tests.Vaults;

public sealed class CredentialTests(GrainsFixture fixture)
{
    private readonly string secret = SecretText.Sha256(SecretText.NewSecret());

    [Fact]
    public async Task A_credential_is_good_until_it_is_revoked()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync(quotaBytes: 700);
        var issued = await World.Must(world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Prune), default));

        var verdict = await Ask(world, issued.KeyId, secret);
        Assert.Equal((CredentialStanding.Good, CredentialScope.Prune, 700L, world.Node), (verdict.Standing, verdict.Scope, verdict.QuotaBytes, verdict.Node));
        Assert.Equal(TimeSpan.FromDays(7), verdict.ImmutabilityWindow);

        var revoke = new RevokeCredential { Caller = World.NewCaller(), KeyId = issued.KeyId };
        Assert.NotNull((await World.Must(world.VaultGrain.RevokeCredentialAsync(revoke, default))).RevokedAt);
        Assert.False((await world.VaultGrain.RevokeCredentialAsync(revoke, default)).IsFirst);
        Assert.False((await world.VaultGrain.RevokeCredentialAsync(revoke with { Caller = World.NewCaller() }, default)).IsFirst);
        Assert.Equal(CredentialStanding.Unknown, (await Ask(world, issued.KeyId, secret)).Standing);
        Assert.NotNull(Assert.Single((await World.Must(world.VaultGrain.CredentialsAsync(default))).Items).RevokedAt);
    }

    [Fact]
    public async Task Unknown_wrong_and_foreign_credentials_and_vaults_get_the_same_verdict()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var issued = await World.Must(world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append), default));
        await World.Must(world.CreateVaultAsync("other"));
        var foreign = fixture.Cluster.Grains.Get(new VaultKey(world.Tenant, "other"));
        var nowhere = fixture.Cluster.Grains.Get(new VaultKey(World.Name("t"), "main"));
        var question = new AuthenticateCredential { KeyId = issued.KeyId, SecretSha256 = secret, Node = world.Node };

        CredentialVerdict[] verdicts =
        [
            await Ask(world, issued.KeyId, SecretText.Sha256("wrong")),
            await Ask(world, issued.KeyId, ""),
            await Ask(world, $"c{new string('z', 20)}", secret),
            await Ask(world, "c", new string('0', 64)),
            await foreign.AuthenticateAsync(question, default),
            await nowhere.AuthenticateAsync(question, default),
        ];

        Assert.All(verdicts, verdict => Assert.Equal(new CredentialVerdict { Standing = CredentialStanding.Unknown }, verdict));
    }

    [Fact]
    public async Task A_suspended_tenants_credential_is_suspended_at_once_and_good_again_at_once()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var issued = await World.Must(world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append), default));

        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "x" }, default));
        Assert.Equal(CredentialStanding.Suspended, (await Ask(world, issued.KeyId, secret)).Standing);
        Assert.Equal(CredentialStanding.Unknown, (await Ask(world, issued.KeyId, SecretText.Sha256("wrong"))).Standing);
        await World.Refused(RefusalKind.Forbidden, "tenant-suspended", world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append), default));

        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = false, Reason = "x" }, default));
        Assert.Equal(CredentialStanding.Good, (await Ask(world, issued.KeyId, secret)).Standing);
    }

    [Fact]
    public async Task A_vault_without_a_quota_of_its_own_may_hold_what_the_tenants_quota_leaves()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync(tenantQuotaBytes: 1000);
        var issued = await World.Must(world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append), default));
        Assert.Equal(1000, (await Ask(world, issued.KeyId, secret)).QuotaBytes);

        await World.Must(world.CreateVaultAsync("other", 400));
        Assert.Equal(600, (await Ask(world, issued.KeyId, secret)).QuotaBytes);

        await World.Must(world.TenantGrain.EditAsync(new() { Caller = World.NewCaller(), DisplayName = "A", QuotaBytes = null }, default));
        Assert.Null((await Ask(world, issued.KeyId, secret)).QuotaBytes);
    }

    [Fact]
    public async Task A_repeated_operation_with_fresh_secrets_gives_the_first_credential()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var caller = World.NewCaller();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append) with { Caller = caller }, default)));

        Assert.Single(replies, r => r.IsFirst);
        Assert.Single(replies.Select(r => r.Value!.KeyId).Distinct());
        Assert.Single((await World.Must(world.VaultGrain.CredentialsAsync(default))).Items);
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused",
            world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Prune) with { Caller = caller }, default));
    }

    [Fact]
    public async Task A_key_id_belongs_to_one_secret()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var request = Request(CredentialScope.Append);
        await World.Must(world.VaultGrain.IssueCredentialAsync(request, default));

        Assert.False((await world.VaultGrain.IssueCredentialAsync(request with { Caller = World.NewCaller() }, default)).IsFirst);
        await World.Refused(RefusalKind.Conflict, "key-id-taken",
            world.VaultGrain.IssueCredentialAsync(request with { Caller = World.NewCaller(), SecretSha256 = World.TextHash }, default));
        await World.Must(world.VaultGrain.RevokeCredentialAsync(new() { Caller = World.NewCaller(), KeyId = request.KeyId }, default));
        await World.Refused(RefusalKind.Conflict, "key-id-taken", world.VaultGrain.IssueCredentialAsync(request with { Caller = World.NewCaller() }, default));
    }

    [Fact]
    public async Task A_malformed_credential_is_refused()
    {
        var vault = (await new World(fixture.Cluster).WithVaultAsync()).VaultGrain;
        var good = Request(CredentialScope.Append);

        await World.Refused(RefusalKind.Invalid, "key-id-invalid", vault.IssueCredentialAsync(good with { KeyId = $"k{new string('a', 20)}" }, default));
        await World.Refused(RefusalKind.Invalid, "key-id-invalid", vault.IssueCredentialAsync(good with { KeyId = $"c{new string('1', 20)}" }, default));
        await World.Refused(RefusalKind.Invalid, "secret-hash-invalid", vault.IssueCredentialAsync(good with { SecretSha256 = "plain secret" }, default));
        await World.Refused(RefusalKind.Invalid, "scope-invalid", vault.IssueCredentialAsync(good with { Scope = (CredentialScope)9 }, default));
        await World.Refused(RefusalKind.Invalid, "label-invalid", vault.IssueCredentialAsync(good with { Label = new string('x', 101) }, default));
        await World.Refused(RefusalKind.Invalid, "host-invalid", vault.IssueCredentialAsync(good with { Host = "WEB01" }, default));
        await World.Refused(RefusalKind.NotFound, "credential-not-found", vault.RevokeCredentialAsync(new() { Caller = World.NewCaller(), KeyId = good.KeyId }, default));
    }

    [Fact]
    public async Task A_revocation_and_a_suspension_are_pushed_to_the_node()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var issued = await World.Must(world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append), default));
        var pushed = new System.Collections.Concurrent.ConcurrentQueue<CredentialRevoked>();
        var stream = fixture.Cluster.Client.GetRequiredKeyedService<IStreamProvider>(LiveStreams.Name)
            .GetStream<CredentialRevoked>(StreamId.Create(CredentialRevoked.StreamNamespace, world.Node));
        var subscription = await stream.SubscribeAsync((hint, _) =>
        {
            pushed.Enqueue(hint);
            return Task.CompletedTask;
        });

        await World.Must(world.VaultGrain.RevokeCredentialAsync(new() { Caller = World.NewCaller(), KeyId = issued.KeyId }, default));
        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "x" }, default));

        await Eventually.Async("two hints", () => Task.FromResult(pushed.Count), count => count >= 2);
        Assert.Contains(new() { Tenant = world.Tenant, Vault = "main", KeyId = issued.KeyId }, pushed);
        Assert.Contains(new() { Tenant = world.Tenant, Vault = "main" }, pushed);
        await subscription.UnsubscribeAsync();
    }

    [Fact]
    public async Task No_secret_and_no_hash_is_in_a_view_a_listing_or_the_log()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        await World.Must(world.VaultGrain.IssueCredentialAsync(Request(CredentialScope.Append), default));
        await fixture.Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);

        await using var search = fixture.Database.CreateCommand(
            "select count(*) from (select view::text as t from listing union all select details::text || subject || actor from audit_entry) x where t like $1");
        search.Parameters.Add(new() { Value = $"%{secret}%" });
        Assert.Equal(0L, await search.ExecuteScalarAsync());
    }

    private static Task<CredentialVerdict> Ask(World world, string keyId, string secretSha256) =>
        world.VaultGrain.AuthenticateAsync(new() { KeyId = keyId, SecretSha256 = secretSha256, Node = world.Node }, default);

    private IssueCredential Request(CredentialScope scope) =>
        new() { Caller = World.NewCaller(), KeyId = SecretText.NewId('c'), SecretSha256 = secret, Scope = scope, Label = "laptop" };
}
