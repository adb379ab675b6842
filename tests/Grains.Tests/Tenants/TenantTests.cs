using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Tests.Tenants;

public sealed class TenantTests(GrainsFixture fixture)
{
    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task A_tenant_is_created_once_listed_and_logged()
    {
        var world = new World(Cluster);
        var request = new CreateTenant { Caller = World.NewCaller(), DisplayName = "Société Exemple", QuotaBytes = 1000 };

        var first = await world.TenantGrain.CreateAsync(request, default);
        var second = await world.TenantGrain.CreateAsync(request, default);

        Assert.True(first.IsFirst);
        Assert.False(second.IsFirst);
        Assert.Equal(first.Value! with { Vaults = [] }, second.Value! with { Vaults = [] });
        Assert.Equal((world.Tenant, "Société Exemple", 1000L, false, false), (first.Value!.Name, first.Value.DisplayName, first.Value.QuotaBytes, first.Value.Suspended, first.Value.TermsAccepted));
        var listed = await fixture.Listings.FindAsync(ListingKind.Tenant, LogKey.Provider, world.Tenant, default);
        Assert.Equal("Société Exemple", ListingJson.Read<TenantView>(listed!.View).DisplayName);
        await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        var entry = Assert.Single(await fixture.Log.PageAsync(world.Tenant, 0, 10, default));
        Assert.Equal(("tenant.created", "key:test/k1", $"tenant/{world.Tenant}", "192.0.2.1"), (entry.Fact.Event, entry.Fact.Actor, entry.Fact.Subject, entry.Fact.Address));
        Assert.Equal("1000", entry.Fact.Details["quotaBytes"]);
    }

    [Fact]
    public async Task An_operation_id_used_for_another_request_is_refused()
    {
        var world = new World(Cluster);
        var caller = World.NewCaller();
        await World.Must(world.TenantGrain.CreateAsync(new() { Caller = caller, DisplayName = "A" }, default));

        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", world.TenantGrain.CreateAsync(new() { Caller = caller, DisplayName = "B" }, default));
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", world.TenantGrain.SuspendAsync(new() { Caller = caller, Suspended = true, Reason = "x" }, default));
        await World.Refused(RefusalKind.Conflict, "tenant-exists", world.TenantGrain.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = "A" }, default));
    }

    [Theory]
    [InlineData("provider")]
    [InlineData("api")]
    [InlineData("health")]
    [InlineData("metrics")]
    public async Task A_reserved_name_is_refused(string name)
    {
        var tenant = Cluster.Grains.Get(new TenantKey(name));

        await World.Refused(RefusalKind.Invalid, "name-reserved", tenant.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = "A" }, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    public async Task An_odd_display_name_is_refused(string displayName)
    {
        await World.Refused(
            RefusalKind.Invalid, "display-name-invalid", new World(Cluster).TenantGrain.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = displayName }, default));
    }

    [Fact]
    public async Task Bounds_of_numbers_and_lengths_are_kept()
    {
        var tenant = new World(Cluster).TenantGrain;

        await World.Refused(RefusalKind.Invalid, "display-name-invalid", tenant.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = new string('x', 201) }, default));
        await World.Refused(RefusalKind.Invalid, "quota-invalid", tenant.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = "A", QuotaBytes = -1 }, default));
        await World.Refused(RefusalKind.Invalid, "operation-id-invalid", tenant.CreateAsync(new() { Caller = World.NewCaller(new string('x', 101)), DisplayName = "A" }, default));
        await World.Refused(RefusalKind.Invalid, "operation-id-invalid", tenant.CreateAsync(new() { Caller = World.NewCaller(""), DisplayName = "A" }, default));
        await World.Must(tenant.CreateAsync(new() { Caller = World.NewCaller(new string('x', 100)), DisplayName = new string('x', 200), QuotaBytes = 0 }, default));
    }

    [Fact]
    public async Task Every_verb_of_an_unknown_tenant_gives_the_same_answer()
    {
        var tenant = new World(Cluster).TenantGrain;
        var caller = World.NewCaller();

        await World.Refused(RefusalKind.NotFound, "tenant-not-found", tenant.ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", tenant.AcceptancesAsync(default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", tenant.EditAsync(new() { Caller = caller, DisplayName = "A" }, default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", tenant.SuspendAsync(new() { Caller = caller, Suspended = true, Reason = "x" }, default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", tenant.AdmitVaultAsync(new() { Caller = caller, Vault = "main" }, default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", tenant.AcceptTermsAsync(
            new() { Caller = caller, Document = "general-conditions", Version = "1", TextSha256 = World.TextHash, AcceptedBy = "X" }, default));
    }

    [Fact]
    public async Task An_edit_of_an_old_version_is_stale()
    {
        var world = await new World(Cluster).WithTenantAsync();
        var view = await World.Must(world.TenantGrain.ReadAsync(default));

        var edited = await World.Must(world.TenantGrain.EditAsync(
            new() { Caller = World.NewCaller(), ExpectedVersion = view.Version, DisplayName = "New", QuotaBytes = 5 }, default));

        Assert.Equal(("New", 5L), (edited.DisplayName, edited.QuotaBytes));
        Assert.True(edited.Version > view.Version);
        await World.Refused(RefusalKind.Stale, "version-stale", world.TenantGrain.EditAsync(
            new() { Caller = World.NewCaller(), ExpectedVersion = view.Version, DisplayName = "Other" }, default));
    }

    [Fact]
    public async Task Terms_count_when_both_documents_are_accepted_and_the_same_acceptance_twice_is_one()
    {
        var world = new World(Cluster);
        await World.Must(world.TenantGrain.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = "A" }, default));

        var acceptance = await world.AcceptAsync("general-conditions");
        Assert.False((await World.Must(world.TenantGrain.ReadAsync(default))).TermsAccepted);
        Assert.Equal(acceptance, await world.AcceptAsync("general-conditions"));
        await world.AcceptAsync("specific-conditions");

        Assert.True((await World.Must(world.TenantGrain.ReadAsync(default))).TermsAccepted);
        var all = (await World.Must(world.TenantGrain.AcceptancesAsync(default))).Items;
        Assert.Equal(["general-conditions", "specific-conditions"], all.Select(a => a.Document));
        Assert.Equal("192.0.2.1", all[0].Address);
    }

    [Fact]
    public async Task An_acceptance_of_something_else_is_refused()
    {
        var tenant = (await new World(Cluster).WithTenantAsync()).TenantGrain;
        var good = new AcceptTerms { Caller = World.NewCaller(), Document = "general-conditions", Version = "2", TextSha256 = World.TextHash, AcceptedBy = "X" };

        await World.Refused(RefusalKind.Invalid, "document-unknown", tenant.AcceptTermsAsync(good with { Document = "cookies" }, default));
        await World.Refused(RefusalKind.Invalid, "version-invalid", tenant.AcceptTermsAsync(good with { Version = "" }, default));
        await World.Refused(RefusalKind.Invalid, "text-hash-invalid", tenant.AcceptTermsAsync(good with { TextSha256 = World.TextHash.ToUpperInvariant() }, default));
        await World.Refused(RefusalKind.Invalid, "text-hash-invalid", tenant.AcceptTermsAsync(good with { TextSha256 = World.TextHash + "\n" }, default));
        await World.Refused(RefusalKind.Invalid, "name-of-who-accepted-invalid", tenant.AcceptTermsAsync(good with { AcceptedBy = "" }, default));
    }

    [Fact]
    public async Task Provider_and_contract_hold_the_service_back_each_for_itself()
    {
        var world = await new World(fixture.Cluster).WithTenantAsync();

        Assert.Equal([SuspensionCause.Provider], (await World.Must(HoldAsync(true, SuspensionCause.Provider))).SuspendedBy);
        Assert.Equal([SuspensionCause.Provider, SuspensionCause.Contract], (await World.Must(HoldAsync(true, SuspensionCause.Contract))).SuspendedBy);
        var paid = await World.Must(HoldAsync(false, SuspensionCause.Contract));
        Assert.True(paid.Suspended);
        Assert.Equal([SuspensionCause.Provider], paid.SuspendedBy);
        Assert.Null(Assert.Single((await World.Must(world.TenantGrain.SuspensionsAsync(default))).Items).Until);
        Assert.False((await HoldAsync(false, SuspensionCause.Contract)).IsFirst);

        var free = await World.Must(HoldAsync(false, SuspensionCause.Provider));
        Assert.False(free.Suspended);
        Assert.Empty(free.SuspendedBy);
        Assert.NotNull(Assert.Single((await World.Must(world.TenantGrain.SuspensionsAsync(default))).Items).Until);

        Task<Reply<TenantView>> HoldAsync(bool suspended, SuspensionCause cause) =>
            world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = suspended, Reason = "x", Cause = cause }, default);
    }

    [Fact]
    public async Task Suspension_is_reversible_and_both_are_logged_with_their_reason()
    {
        var world = await new World(Cluster).WithTenantAsync();

        Assert.True((await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "unpaid" }, default))).Suspended);
        Assert.False((await world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = true, Reason = "again" }, default)).IsFirst);
        Assert.False((await World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = false, Reason = "paid" }, default))).Suspended);

        await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        var facts = (await fixture.Log.PageAsync(world.Tenant, 0, 50, default)).Select(e => e.Fact).Where(f => f.Details.ContainsKey("reason"));
        Assert.Equal([("tenant.suspended", "unpaid"), ("tenant.resumed", "paid")], facts.Select(f => (f.Event, f.Details["reason"])));
    }

    [Fact]
    public async Task A_key_of_another_kind_is_a_clear_error()
    {
        var wrong = Cluster.Grains.GetGrain<ITenantGrain>("vault/acme/main");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => wrong.ReadAsync(default));
        Assert.Contains("is not a key of the form tenant/name", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_somebody_else_wrote_is_never_overwritten()
    {
        var world = await new World(Cluster).WithTenantAsync();
        await using (var bump = fixture.Owner.CreateCommand("update grain_state set version = version + 1 where state_name = 'tenant.v1' and grain_id like $1"))
        {
            bump.Parameters.Add(new() { Value = $"%tenant/{world.Tenant}" });
            Assert.Equal(1, await bump.ExecuteNonQueryAsync());
        }

        var edit = new EditTenant { Caller = World.NewCaller(), DisplayName = "New" };
        await Assert.ThrowsAnyAsync<Exception>(() => world.TenantGrain.EditAsync(edit, default));

        Assert.Equal("A customer", (await World.Must(world.TenantGrain.ReadAsync(default))).DisplayName);
        Assert.True((await world.TenantGrain.EditAsync(edit, default)).IsFirst);
    }
}
