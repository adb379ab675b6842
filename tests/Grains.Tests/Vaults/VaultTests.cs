using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Tests.Vaults;

public sealed class VaultTests(GrainsFixture fixture)
{
    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task A_vault_lies_on_the_wanted_node_and_shows_its_address()
    {
        var world = await new World(Cluster).WithTenantAsync();
        await world.WithNodeAsync();

        var first = await world.CreateVaultAsync("main", operation: "op-1");
        var second = await world.CreateVaultAsync("main", operation: "op-1");

        Assert.True(first.IsFirst);
        Assert.False(second.IsFirst);
        Assert.Equal((world.Node, $"http://192.0.2.9:8081/{world.Tenant}/main/"), (first.Value!.Node, first.Value.Url));
        Assert.Equal(TimeSpan.FromDays(7), first.Value.ImmutabilityWindow);
        Assert.Equal(["main"], (await World.Must(world.TenantGrain.ReadAsync(default))).Vaults);
        Assert.Equal(world.Node, await new VaultPlacement(fixture.Database).NodeOfAsync(new(world.Tenant, "main"), default));
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", world.CreateVaultAsync("main", 5, "op-1"));
        await World.Refused(RefusalKind.Conflict, "vault-exists", world.CreateVaultAsync("main"));
    }

    [Fact]
    public async Task A_node_is_chosen_when_none_is_wanted()
    {
        var world = await new World(Cluster).WithTenantAsync();
        await world.WithNodeAsync();

        var view = await World.Must(world.VaultGrain.CreateAsync(new() { Caller = World.NewCaller() }, default));

        Assert.NotNull(await fixture.Listings.FindAsync(ListingKind.Node, LogKey.Provider, view.Node, default));
    }

    [Fact]
    public async Task A_node_that_is_unknown_or_full_or_silent_takes_no_vault()
    {
        var world = await new World(Cluster).WithTenantAsync();
        await World.Refused(RefusalKind.Invalid, "node-unknown", world.CreateVaultAsync("main"));
        await World.Refused(RefusalKind.Invalid, "node-invalid", world.VaultGrain.CreateAsync(new() { Caller = World.NewCaller(), Node = "../x" }, default));

        await world.WithNodeAsync();
        await World.Must(Cluster.Grains.Get(new NodeKey(world.Node)).RegisterAsync(
            new() { Caller = World.NewCaller(), StorageUrl = "http://192.0.2.9:8081", Hardware = "h", Site = "s", CapacityBytes = 1 << 30, FreeBytes = 1000 }, default));

        await World.Refused(RefusalKind.NoRoom, "nodes-full", world.CreateVaultAsync("main"));
    }

    [Fact]
    public async Task A_tenant_that_is_unknown_or_has_not_accepted_or_is_suspended_gets_no_vault()
    {
        var world = new World(Cluster);
        await world.WithNodeAsync();
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", world.CreateVaultAsync("main"));
        await World.Must(world.TenantGrain.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = "A" }, default));
        await world.AcceptAsync("general-conditions");
        await World.Refused(RefusalKind.Conflict, "terms-not-accepted", world.CreateVaultAsync("main"));

        await world.AcceptAsync("specific-conditions");
        await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "x" }, default));
        await World.Refused(RefusalKind.Forbidden, "tenant-suspended", world.CreateVaultAsync("main"));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.VaultGrain.ReadAsync(default));
        Assert.Empty((await World.Must(world.TenantGrain.ReadAsync(default))).Vaults);
    }

    [Fact]
    public async Task The_tenants_quota_holds_its_vaults_also_when_they_race()
    {
        var world = await new World(Cluster).WithTenantAsync(quotaBytes: 1000);
        await world.WithNodeAsync();

        var replies = await Task.WhenAll(Enumerable.Range(10, 8).Select(i => world.CreateVaultAsync($"v{i}", 300)));

        Assert.Equal(3, replies.Count(r => r.Succeeded));
        Assert.All(replies.Where(r => !r.Succeeded), r => Assert.Equal((RefusalKind.NoRoom, "quota-exhausted"), (r.Refusal!.Kind, r.Refusal.Code)));
        Assert.Equal(100, (await World.Must(world.TenantGrain.ReadAsync(default))).RestQuotaBytes);
        await World.Refused(RefusalKind.Invalid, "quota-invalid", world.CreateVaultAsync("v99", -1));
        await World.Refused(RefusalKind.Conflict, "quota-below-vaults", world.TenantGrain.EditAsync(new() { Caller = World.NewCaller(), DisplayName = "A", QuotaBytes = 899 }, default));
    }

    [Fact]
    public async Task The_later_report_of_usage_wins_whatever_order_they_come_in()
    {
        var world = await new World(Cluster).WithVaultAsync();
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var report = new ReportUsage { Node = world.Node, ObservedAt = noon, StoredBytes = 500, StoredObjects = 5 };

        await World.Must(world.VaultGrain.ReportUsageAsync(report, default));
        var older = await world.VaultGrain.ReportUsageAsync(report with { ObservedAt = noon.AddMinutes(-1), StoredBytes = 9 }, default);

        Assert.False(older.IsFirst);
        Assert.Equal((500L, 5L, noon), (older.Value!.StoredBytes, older.Value.StoredObjects, older.Value.UsageAt));
        await World.Refused(RefusalKind.Conflict, "not-this-node", world.VaultGrain.ReportUsageAsync(report with { Node = "other" }, default));
        await World.Refused(RefusalKind.Invalid, "stored-bytes-invalid", world.VaultGrain.ReportUsageAsync(report with { StoredBytes = -1 }, default));
    }

    [Fact]
    public async Task A_node_that_moved_shows_in_its_vaults_with_the_next_report()
    {
        var world = await new World(Cluster).WithVaultAsync();
        await World.Must(Cluster.Grains.Get(new NodeKey(world.Node)).RegisterAsync(
            new() { Caller = World.NewCaller(), StorageUrl = "https://shelf.example:443/", Hardware = "h", Site = "s", CapacityBytes = 1, FreeBytes = 1 }, default));

        var view = await World.Must(world.VaultGrain.ReportUsageAsync(
            new() { Node = world.Node, ObservedAt = DateTimeOffset.UnixEpoch, StoredBytes = 0, StoredObjects = 0 }, default));

        Assert.Equal($"https://shelf.example:443/{world.Tenant}/main/", view.Url);
    }

    [Fact]
    public async Task Every_verb_of_an_unknown_vault_gives_the_same_answer()
    {
        var world = await new World(Cluster).WithTenantAsync();
        var caller = World.NewCaller();
        var key = $"c{new string('a', 20)}";

        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.VaultGrain.ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.VaultGrain.CredentialsAsync(default));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.VaultGrain.WatchAsync(new() { Set = "docs" }, default));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.AnnounceAsync(world.Arrival(DateTimeOffset.UnixEpoch)));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.VaultGrain.RevokeCredentialAsync(new() { Caller = caller, KeyId = key }, default));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", world.VaultGrain.IssueCredentialAsync(
            new() { Caller = caller, KeyId = key, SecretSha256 = World.TextHash, Scope = CredentialScope.Append }, default));
    }
}
