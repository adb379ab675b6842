using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Hosts;

public sealed class HostTests(GrainsFixture fixture)
{
    private readonly string code = SecretText.Sha256(SecretText.NewSecret());

    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task A_host_is_invited_then_enrolled_with_an_append_credential_of_its_own()
    {
        var world = await InvitedAsync();
        var invited = await World.Must(world.HostGrain.ReadAsync(default));
        Assert.False(invited.Enrolled);
        Assert.NotNull(invited.CodeExpiresAt);
        Assert.False(await world.HostGrain.AuthenticateAsync(world.HostSecret, default));
        Assert.False(await world.HostGrain.AuthenticateAsync(new string('0', 64), default));

        var enrolled = await World.Must(world.HostGrain.EnrolAsync(world.Enrolment(code), default));

        Assert.True(enrolled.Enrolled);
        Assert.Null(enrolled.CodeExpiresAt);
        Assert.Equal(["linux", "0.1.0"], enrolled.Capabilities);
        Assert.True(await world.HostGrain.AuthenticateAsync(world.HostSecret, default));
        Assert.False(await world.HostGrain.AuthenticateAsync(SecretText.Sha256("wrong"), default));
        var credential = Assert.Single((await World.Must(world.VaultGrain.CredentialsAsync(default))).Items);
        Assert.Equal((world.HostKeyId, CredentialScope.Append, world.Host), (credential.KeyId, credential.Scope, credential.Host));
        await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        var events = (await fixture.Log.PageAsync(world.Tenant, 0, 100, default)).Select(e => e.Fact.Event).ToList();
        Assert.Equal(["host.invited", "credential.issued", "host.enrolled"], events[^3..]);
    }

    [Fact]
    public async Task A_code_is_redeemed_once_and_the_same_redemption_again_is_a_repetition()
    {
        var world = await InvitedAsync();
        var enrolment = world.Enrolment(code);

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.HostGrain.EnrolAsync(enrolment with { Caller = World.NewCaller() }, default)));

        Assert.Single(replies, r => r is { Succeeded: true, IsFirst: true });
        Assert.Equal(4, replies.Count(r => r is { Succeeded: true, IsFirst: false }));
        Assert.Single((await World.Must(world.VaultGrain.CredentialsAsync(default))).Items);
        await Refused(world, enrolment with { PublicKey = Convert.ToBase64String(new byte[32].Select(_ => (byte)1).ToArray()) });
        await Refused(world, enrolment with { SecretSha256 = World.TextHash });
        await Refused(world, enrolment with { CredentialKeyId = SecretText.NewId('c') });
        await Refused(world, enrolment with { CodeSha256 = SecretText.Sha256("wrong") });
    }

    [Fact]
    public async Task A_host_that_nobody_invited_is_refused_like_a_wrong_code()
    {
        var world = await new World(Cluster).WithVaultAsync();

        await Refused(world, world.Enrolment(code));
        await Refused(world, world.Enrolment(new string('0', 64)));
        await World.Refused(RefusalKind.NotFound, "host-not-found", world.HostGrain.ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "host-not-found", world.HostGrain.BeatAsync(new() { Caller = World.NewCaller() }, default));
        await World.Refused(RefusalKind.NotFound, "host-not-found", Open(world));
    }

    [Fact]
    public async Task A_malformed_enrolment_is_refused()
    {
        var world = await InvitedAsync();
        var good = world.Enrolment(code);

        await World.Refused(RefusalKind.Invalid, "public-key-invalid", world.HostGrain.EnrolAsync(good with { PublicKey = "AAAA" }, default));
        await World.Refused(RefusalKind.Invalid, "public-key-invalid", world.HostGrain.EnrolAsync(good with { PublicKey = new string('!', 44) }, default));
        await World.Refused(RefusalKind.Invalid, "capabilities-invalid", world.HostGrain.EnrolAsync(good with { Capabilities = [.. Enumerable.Repeat("x", 21)] }, default));
        await World.Refused(RefusalKind.Invalid, "capability-invalid", world.HostGrain.EnrolAsync(good with { Capabilities = [new string('x', 101)] }, default));
        await World.Refused(RefusalKind.Invalid, "code-hash-invalid", world.HostGrain.EnrolAsync(good with { CodeSha256 = "code" }, default));
        Assert.Empty((await World.Must(world.VaultGrain.CredentialsAsync(default))).Items);
    }

    [Fact]
    public async Task A_code_is_good_for_fifteen_minutes()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var world = await InvitedAsync(new World(cluster));

        cluster.Clock.Advance(TimeSpan.FromMinutes(15.5));

        Assert.Null((await World.Must(world.HostGrain.ReadAsync(default))).CodeExpiresAt);
        await Refused(world, world.Enrolment(code));
        await World.Must(world.HostGrain.InviteAsync(Invitation(), default));
        await World.Must(world.HostGrain.EnrolAsync(world.Enrolment(code), default));
    }

    [Fact]
    public async Task A_second_enrolment_replaces_the_credential_of_the_first()
    {
        var world = await new World(Cluster).WithHostAsync();
        await World.Must(world.HostGrain.InviteAsync(Invitation(), default));
        Assert.True(await world.HostGrain.AuthenticateAsync(world.HostSecret, default));
        var (keyId, secret) = (SecretText.NewId('c'), SecretText.Sha256(SecretText.NewSecret()));

        await World.Must(world.HostGrain.EnrolAsync(world.Enrolment(code) with { CredentialKeyId = keyId, SecretSha256 = secret }, default));

        Assert.False(await world.HostGrain.AuthenticateAsync(world.HostSecret, default));
        Assert.True(await world.HostGrain.AuthenticateAsync(secret, default));
        var credentials = (await World.Must(world.VaultGrain.CredentialsAsync(default))).Items;
        Assert.Equal([keyId], credentials.Where(c => c.RevokedAt is null).Select(c => c.KeyId));
    }

    [Fact]
    public async Task An_enrolment_that_broke_off_at_the_vault_can_be_repeated()
    {
        var world = await InvitedAsync();
        var (key, method) = ($"vault/{world.Tenant}/main", nameof(IVaultGrain.IssueCredentialAsync));
        Cluster.Faults.Break(key, method);
        await Assert.ThrowsAnyAsync<Exception>(() => world.HostGrain.EnrolAsync(world.Enrolment(code), default));
        Cluster.Faults.Heal(key, method);

        Assert.True((await world.HostGrain.EnrolAsync(world.Enrolment(code), default)).IsFirst);
    }

    [Fact]
    public async Task An_invitation_needs_a_vault_and_keeps_it()
    {
        var world = await InvitedAsync();
        await World.Must(world.CreateVaultAsync("other"));

        await World.Refused(RefusalKind.Conflict, "host-has-vault", world.HostGrain.InviteAsync(Invitation() with { Vault = "other" }, default));
        var stranger = Cluster.Grains.Get(new HostKey(world.Tenant, "web02"));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", stranger.InviteAsync(Invitation() with { Vault = "nowhere" }, default));
        var repeated = Invitation();
        Assert.True((await world.HostGrain.InviteAsync(repeated, default)).IsFirst);
        Assert.False((await world.HostGrain.InviteAsync(repeated with { CodeSha256 = World.TextHash }, default)).IsFirst);
    }

    [Fact]
    public async Task A_host_that_is_not_enrolled_does_no_work()
    {
        var world = await InvitedAsync();

        await World.Refused(RefusalKind.Conflict, "host-not-enrolled", world.HostGrain.BeatAsync(new() { Caller = World.NewCaller() }, default));
        await World.Refused(RefusalKind.Conflict, "host-not-enrolled", Open(world));
    }

    [Fact]
    public async Task A_beat_shows_at_once_and_new_capabilities_are_kept()
    {
        var world = await new World(Cluster).WithHostAsync();
        var before = await World.Must(world.HostGrain.ReadAsync(default));

        var quiet = await World.Must(world.HostGrain.BeatAsync(new() { Caller = World.NewCaller() }, default));
        Assert.Equal(before.Version, quiet.Version);
        Assert.True(quiet.LastSeenAt > before.LastSeenAt);
        await World.Must(world.HostGrain.BeatAsync(new() { Caller = World.NewCaller(), Capabilities = ["linux", "0.2.0"] }, default));
        await Cluster.ForgetAsync(world.HostGrain);

        Assert.Equal(["linux", "0.2.0"], (await World.Must(world.HostGrain.ReadAsync(default))).Capabilities);
    }

    [Fact]
    public async Task A_run_is_opened_once_per_operation_and_continued_by_the_next_one()
    {
        var world = await new World(Cluster).WithHostAsync();
        var operation = World.NewCaller();

        var first = await Open(world, operation);
        var repeated = await Open(world, operation);
        var restarted = await Open(world);
        var check = await Open(world, kind: JobKind.Check);

        Assert.True(first.IsFirst);
        Assert.False(repeated.IsFirst);
        Assert.Equal((first.Value!.Id, 1), (repeated.Value!.Id, repeated.Value.Attempt));
        Assert.Equal((first.Value.Id, 2), (restarted.Value!.Id, restarted.Value.Attempt));
        Assert.NotEqual(first.Value.Id, check.Value!.Id);
        Assert.Equal([first.Value.Id, check.Value.Id], (await World.Must(world.HostGrain.ReadAsync(default))).OpenJobs);
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", Open(world, operation, JobKind.Restore));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Backup, Vault = "nowhere" }, default));
    }

    [Fact]
    public async Task Racing_repetitions_open_one_run_with_one_attempt()
    {
        var world = await new World(Cluster).WithHostAsync();
        var operation = World.NewCaller();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open(world, operation)));

        Assert.Single(replies, r => r.IsFirst);
        Assert.Equal(1, Assert.Single(replies.Select(r => (r.Value!.Id, r.Value.Attempt)).Distinct()).Attempt);
    }

    [Fact]
    public async Task A_run_whose_start_broke_off_is_started_by_the_repetition()
    {
        var world = await new World(Cluster).WithHostAsync();
        await World.Must(world.TenantGrain.ReadAsync(default));
        var operation = World.NewCaller();
        var open = await World.Must(Open(world, operation));
        var (key, method) = ($"job/{world.Tenant}/{open.Id}", nameof(IJobGrain.StartAsync));
        var next = World.NewCaller();
        Cluster.Faults.Break(key, method);
        await Assert.ThrowsAnyAsync<Exception>(() => Open(world, next));
        Cluster.Faults.Heal(key, method);

        var repeated = await Open(world, next);

        Assert.True(repeated.IsFirst);
        Assert.Equal((open.Id, 2), (repeated.Value!.Id, repeated.Value.Attempt));
    }

    [Fact]
    public async Task After_the_end_of_a_run_the_next_one_is_new()
    {
        var world = await new World(Cluster).WithHostAsync();
        var job = await World.Must(Open(world));

        await World.Must(Cluster.Grains.Get(new JobKey(world.Tenant, job.Id)).FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        var next = await World.Must(Open(world));

        Assert.NotEqual(job.Id, next.Id);
        await Eventually.Async("the end told to the host", () => World.Must(world.HostGrain.ReadAsync(default)), view => view.OpenJobs.SequenceEqual([next.Id]));
    }

    [Fact]
    public async Task A_suspended_tenants_host_opens_nothing()
    {
        var world = await new World(Cluster).WithHostAsync();
        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "x" }, default));

        await World.Refused(RefusalKind.Forbidden, "tenant-suspended", Open(world));
    }

    private static Task<Reply<JobView>> Open(World world, Caller? caller = null, JobKind kind = JobKind.Backup) =>
        world.HostGrain.OpenJobAsync(new() { Caller = caller ?? World.NewCaller(), Kind = kind, Vault = world.Vault }, default);

    private static Task Refused(World world, EnrolHost enrolment) =>
        World.Refused(RefusalKind.Forbidden, "enrolment-refused", world.HostGrain.EnrolAsync(enrolment, default));

    private InviteHost Invitation() => new() { Caller = World.NewCaller(), Vault = "main", CodeSha256 = code };

    private async Task<World> InvitedAsync(World? world = null)
    {
        world = await (world ?? new World(Cluster)).WithVaultAsync();
        await World.Must(world.HostGrain.InviteAsync(Invitation(), default));
        return world;
    }
}
