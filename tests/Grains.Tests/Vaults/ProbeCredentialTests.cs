using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Vaults;

public sealed class ProbeCredentialTests(GrainsFixture fixture)
{
    [Fact]
    public async Task A_probers_credential_is_good_for_probes_alone_and_stands_in_no_list()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var request = NewRequest("door-1");

        var issued = await World.Must(world.VaultGrain.IssueProbeCredentialAsync(request, default));

        Assert.Equal(CredentialStanding.Probe, (await JudgeAsync(world, request)).Standing);
        Assert.Empty((await World.Must(world.VaultGrain.CredentialsAsync(default))).Items);
        Assert.InRange(issued.ExpiresAt - fixture.Cluster.Clock.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.Equal(CredentialStanding.Unknown, (await JudgeAsync(world, request with { SecretSha256 = SecretText.Sha256("other") })).Standing);
        Assert.False((await world.VaultGrain.IssueProbeCredentialAsync(request, default)).IsFirst);
        await World.Refused(RefusalKind.Conflict, "key-id-taken", world.VaultGrain.IssueProbeCredentialAsync(request with { SecretSha256 = SecretText.Sha256("other") }, default));
        await World.Refused(RefusalKind.NotFound, "credential-not-found", world.VaultGrain.RevokeCredentialAsync(new() { Caller = World.NewCaller(), KeyId = request.KeyId }, default));
    }

    [Fact]
    public async Task A_key_id_is_the_probers_or_the_customers_but_never_both()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var request = NewRequest("door-1");
        await World.Must(world.VaultGrain.IssueProbeCredentialAsync(request, default));
        var customers = new IssueCredential { Caller = World.NewCaller(), KeyId = request.KeyId, SecretSha256 = request.SecretSha256, Scope = CredentialScope.Prune };

        await World.Refused(RefusalKind.Conflict, "key-id-taken", world.VaultGrain.IssueCredentialAsync(customers, default));
        var other = NewRequest("door-1");
        await World.Must(world.VaultGrain.IssueCredentialAsync(customers with { KeyId = other.KeyId }, default));
        await World.Refused(RefusalKind.Conflict, "key-id-taken", world.VaultGrain.IssueProbeCredentialAsync(other, default));
    }

    [Fact]
    public async Task A_prober_keeps_its_last_two_and_a_suspended_tenants_prober_is_told_so()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        IssueProbeCredential[] own = [NewRequest("door-1"), NewRequest("door-1"), NewRequest("door-1")];
        var others = NewRequest("door-2");
        foreach (var request in (IssueProbeCredential[])[own[0], others, own[1], own[2]])
            await World.Must(world.VaultGrain.IssueProbeCredentialAsync(request, default));

        Assert.Equal(CredentialStanding.Unknown, (await JudgeAsync(world, own[0])).Standing);
        Assert.Equal(CredentialStanding.Probe, (await JudgeAsync(world, own[1])).Standing);
        Assert.Equal(CredentialStanding.Probe, (await JudgeAsync(world, own[2])).Standing);
        Assert.Equal(CredentialStanding.Probe, (await JudgeAsync(world, others)).Standing);

        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "late" }, default));
        Assert.Equal(CredentialStanding.Suspended, (await JudgeAsync(world, others)).Standing);
        Assert.Null(Assert.Single((await World.Must(world.TenantGrain.SuspensionsAsync(default))).Items).Until);
        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = false, Reason = "paid" }, default));
        Assert.Equal(CredentialStanding.Probe, (await JudgeAsync(world, others)).Standing);
        Assert.NotNull(Assert.Single((await World.Must(world.TenantGrain.SuspensionsAsync(default))).Items).Until);
    }

    [Fact]
    public async Task A_credential_is_over_after_a_day()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var world = await new World(cluster).WithVaultAsync();
        var request = NewRequest("door-1");
        await World.Must(world.VaultGrain.IssueProbeCredentialAsync(request, default));

        cluster.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(CredentialStanding.Unknown, (await JudgeAsync(world, request)).Standing);
    }

    [Fact]
    public async Task What_is_malformed_or_of_no_vault_is_refused()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var good = NewRequest("door-1");

        await World.Refused(RefusalKind.Invalid, "prober-invalid", world.VaultGrain.IssueProbeCredentialAsync(good with { Prober = "Door 1" }, default));
        await World.Refused(RefusalKind.Invalid, "key-id-invalid", world.VaultGrain.IssueProbeCredentialAsync(good with { KeyId = "k1" }, default));
        await World.Refused(RefusalKind.Invalid, "secret-hash-invalid", world.VaultGrain.IssueProbeCredentialAsync(good with { SecretSha256 = "x" }, default));
        var none = fixture.Cluster.Grains.Get(new VaultKey(world.Tenant, "none"));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", none.IssueProbeCredentialAsync(good, default));
    }

    private static IssueProbeCredential NewRequest(string prober) =>
        new() { Prober = prober, KeyId = SecretText.NewId('c'), SecretSha256 = SecretText.Sha256(SecretText.NewSecret()) };

    private static Task<CredentialVerdict> JudgeAsync(World world, IssueProbeCredential shown) =>
        world.VaultGrain.AuthenticateAsync(new() { KeyId = shown.KeyId, SecretSha256 = shown.SecretSha256, Node = world.Node }, default);
}
