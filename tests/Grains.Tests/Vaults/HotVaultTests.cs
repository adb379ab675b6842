using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Vaults;

public sealed class HotVaultTests(GrainsFixture fixture)
{
    private static readonly WrappedKey Wrapped = new() { MasterKeyId = "0011223344556677", Sealed = "d3JhcHBlZA==" };

    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task A_hot_vault_asks_its_node_for_a_key_and_the_first_one_stays()
    {
        var world = await new World(Cluster).WithTenantAsync();
        await world.WithNodeAsync();
        var made = await World.Must(world.VaultGrain.CreateAsync(new() { Caller = World.NewCaller("op"), Node = world.Node, Hot = true }, default));
        Assert.Equal((true, null), (made.Hot, made.KeyReadyAt));
        Assert.Equal(NodeWorkKind.Keys, Assert.Single((await World.Must(world.NodeGrain.WorkAsync(default))).Items).Item.Kind);
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", world.VaultGrain.CreateAsync(new() { Caller = World.NewCaller("op"), Node = world.Node }, default));
        await World.Refused(RefusalKind.Conflict, "key-missing", world.VaultGrain.ReportKeyWorkAsync(new() { Node = world.Node, Seals = [] }, default));
        await World.Refused(RefusalKind.Conflict, "key-not-ready", world.VaultGrain.ForgetAsync(Forget(World.TextHash), default));

        var kept = await World.Must(world.VaultGrain.KeepWrappedKeyAsync(new() { Node = world.Node, Key = Wrapped }, default));
        var second = await World.Must(world.VaultGrain.KeepWrappedKeyAsync(new() { Node = world.Node, Key = Wrapped with { Sealed = "b3RoZXI=" } }, default));
        var ready = await World.Must(world.VaultGrain.ReportKeyWorkAsync(new() { Node = world.Node, Seals = [] }, default));

        Assert.Equal((Wrapped, Wrapped, false), (kept.Key, second.Key, second.Ready));
        Assert.NotNull(ready.KeyReadyAt);
        await Cluster.ForgetAsync(world.VaultGrain);
        Assert.True((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Ready);
        Assert.Equal(["vault.created", "key.made", "key.ready"], (await world.EventsAsync())[^3..]);
    }

    [Fact]
    public async Task Only_the_same_key_wrapped_again_replaces_a_wrapped_key()
    {
        var world = await new World(Cluster).WithHotVaultAsync();
        var newer = new WrappedKey { MasterKeyId = "8899aabbccddeeff", Sealed = "bmV3ZXI=" };

        var refused = await World.Must(world.VaultGrain.KeepWrappedKeyAsync(new() { Node = world.Node, Key = newer, Replaces = newer with { Sealed = "eA==" } }, default));
        Assert.Equal(Wrapped, refused.Key);
        var replaced = await World.Must(world.VaultGrain.KeepWrappedKeyAsync(new() { Node = world.Node, Key = newer, Replaces = Wrapped }, default));

        Assert.Equal(newer, replaced.Key);
        Assert.Equal("key.wrapped-again", (await world.EventsAsync())[^1]);
    }

    [Fact]
    public async Task A_host_gets_the_key_sealed_to_its_enrolment_key_and_nobody_elses()
    {
        var world = await new World(Cluster).WithHotVaultAsync();
        var publicKey = await EnrolAsync(world, 1);
        await World.Refused(RefusalKind.Conflict, "key-not-ready", AskAsync(world));
        await World.Refused(RefusalKind.Conflict, "key-not-ready", AskAsync(world));
        var wanted = Assert.Single((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Seals);
        Assert.Equal(("host:web01", publicKey), (wanted.Receiver, wanted.PublicKey));
        Assert.Contains((await World.Must(world.NodeGrain.WorkAsync(default))).Items, work => work.Item.Kind == NodeWorkKind.Keys);

        // A seal that nobody asked for, or for another key, is not kept.
        var report = new ReportKeyWork
        {
            Node = world.Node,
            Seals = [new() { For = wanted with { Receiver = "host:other" }, Sealed = "eA==" }, new() { For = wanted with { PublicKey = Key(9) }, Sealed = "eA==" }, new() { For = wanted, Sealed = "c2VhbGVk" }],
        };
        await World.Must(world.VaultGrain.ReportKeyWorkAsync(report, default));
        await World.Must(world.VaultGrain.ReportKeyWorkAsync(report, default));

        await Cluster.ForgetAsync(world.VaultGrain);
        Assert.Equal(("c2VhbGVk", publicKey), await SealedAsync(world));
        Assert.Equal(["key.asked-for", "key.sealed"], (await world.EventsAsync())[^2..]);

        // Enrolled anew, with another key: what was sealed to the former one is not given out again.
        await EnrolAsync(world, 2);
        await World.Refused(RefusalKind.Conflict, "key-not-ready", AskAsync(world));
        var again = Assert.Single((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Seals);
        Assert.Equal(Key(2), again.PublicKey);
        await World.Must(world.VaultGrain.ReportKeyWorkAsync(new() { Node = world.Node, Seals = [new() { For = again, Sealed = null }] }, default));
        await World.Refused(RefusalKind.Conflict, "public-key-unusable", AskAsync(world));
    }

    [Fact]
    public async Task Hosts_of_other_vaults_strangers_and_cold_vaults_get_no_key()
    {
        var world = await new World(Cluster).WithHotVaultAsync();
        await World.Refused(RefusalKind.NotFound, "vault-not-found", AskAsync(world));
        await World.Must(world.CreateVaultAsync("other"));
        var code = SecretText.Sha256(SecretText.NewSecret());
        await World.Must(world.HostGrain.InviteAsync(new() { Caller = World.NewCaller(), Vault = "other", CodeSha256 = code }, default));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", AskAsync(world));
        await World.Must(world.HostGrain.EnrolAsync(world.Enrolment(code) with { PublicKey = Key(1) }, default));

        await World.Refused(RefusalKind.NotFound, "vault-not-found", AskAsync(world));

        Assert.Empty((await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Seals);
        await World.Refused(RefusalKind.Conflict, "not-this-node", world.VaultGrain.StorageOrderAsync("elsewhere", default));
        var cold = Cluster.Grains.Get(new VaultKey(world.Tenant, "other"));
        await World.Refused(RefusalKind.Conflict, "vault-not-hot", cold.SealedKeyAsync(new() { Caller = World.NewCaller(), Host = world.Host }, default));
        await World.Refused(RefusalKind.Conflict, "vault-not-hot", cold.StorageOrderAsync(world.Node, default));
        await World.Refused(RefusalKind.Conflict, "vault-not-hot", cold.ForgetAsync(Forget(World.TextHash), default));
        await World.Refused(RefusalKind.Conflict, "vault-not-hot", cold.RequestKeyOpeningAsync(new() { Caller = World.NewCaller(), Reason = "for the court order", PublicKey = Key(1) }, default));
    }

    [Fact]
    public async Task Snapshots_are_forgotten_by_name_with_their_reason_and_an_order_repeated_changes_nothing()
    {
        var world = await new World(Cluster).WithHotVaultAsync();
        var (old, older) = (SecretText.Sha256("old"), SecretText.Sha256("older"));
        var order = Forget(old, older);

        Assert.Equal(2, (await World.Must(world.VaultGrain.ForgetAsync(order, default))).SnapshotsToForget);
        Assert.False((await world.VaultGrain.ForgetAsync(order, default)).IsFirst);
        await World.Must(world.VaultGrain.ForgetAsync(Forget(old), default));

        Assert.Equal([old, older], (await World.Must(world.VaultGrain.StorageOrderAsync(world.Node, default))).Forget.Select(s => s.Snapshot));
        Assert.Contains((await World.Must(world.NodeGrain.WorkAsync(default))).Items, work => work.Item.Kind == NodeWorkKind.Prune);
        var report = new ReportForgotten { Node = world.Node, Snapshots = [old, World.TextHash] };
        Assert.Equal(1, (await World.Must(world.VaultGrain.ReportForgottenAsync(report, default))).SnapshotsToForget);
        Assert.False((await world.VaultGrain.ReportForgottenAsync(report, default)).IsFirst);
        await World.Must(world.VaultGrain.ReportPrunedAsync(new() { Node = world.Node, RemovedPacks = 1, RemovedBytes = 2, RepackedPacks = 3, Snapshots = 4 }, default));

        await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        var facts = (await fixture.Log.PageAsync(world.Tenant, 0, 1000, default)).Select(entry => entry.Fact).ToList();
        Assert.Equal(2, facts.Count(fact => fact.Event == "snapshot.forget-ordered"));
        var forgotten = Assert.Single(facts, fact => fact.Event == "snapshot.forgotten");
        Assert.Equal((old, "out of the window"), (forgotten.Details["snapshot"], forgotten.Details["reason"]));
        Assert.Equal("4", Assert.Single(facts, fact => fact.Event == "vault.pruned").Details["snapshots"]);
    }

    [Fact]
    public async Task Odd_orders_to_forget_are_refused_whole()
    {
        var world = await new World(Cluster).WithHotVaultAsync();

        await World.Refused(RefusalKind.Invalid, "snapshots-invalid", world.VaultGrain.ForgetAsync(Forget(), default));
        await World.Refused(RefusalKind.Invalid, "snapshots-invalid", world.VaultGrain.ForgetAsync(Forget([.. Enumerable.Repeat(World.TextHash, 1001)]), default));
        await World.Refused(RefusalKind.Invalid, "snapshot-invalid", world.VaultGrain.ForgetAsync(Forget(World.TextHash, "latest"), default));
        await World.Refused(RefusalKind.Invalid, "snapshot-invalid", world.VaultGrain.ForgetAsync(Forget(World.TextHash[..8]), default));
        await World.Refused(
            RefusalKind.Invalid, "reason-invalid",
            world.VaultGrain.ForgetAsync(new() { Caller = World.NewCaller(), Snapshots = [new() { Snapshot = World.TextHash, Reason = "" }] }, default));
        Assert.Equal(0, (await World.Must(world.VaultGrain.ReadAsync(default))).SnapshotsToForget);
    }

    [Fact]
    public async Task What_could_not_be_queued_is_queued_by_the_next_activation()
    {
        var world = await new World(Cluster).WithHotVaultAsync();
        await World.Must(world.VaultGrain.ForgetAsync(Forget(World.TextHash), default));

        // As if the word to the node had been lost: the node's queue is emptied by a worker that did nothing.
        var leased = (await World.Must(world.NodeGrain.LeaseWorkAsync(new() { Boot = "b", Kinds = [NodeWorkKind.Prune] }, default))).Work!;
        await World.Must(world.NodeGrain.FinishWorkAsync(new() { Item = leased.Item, Attempt = leased.Attempt, Outcome = NodeWorkOutcome.Done }, default));
        await Cluster.ForgetAsync(world.VaultGrain);
        await World.Must(world.VaultGrain.ReadAsync(default));

        await Eventually.Async(
            "the prune is queued again", () => World.Must(world.NodeGrain.WorkAsync(default)), queue => queue.Items.Any(work => work.Item.Kind == NodeWorkKind.Prune));
    }

    private static string Key(byte fill) => Convert.ToBase64String([.. Enumerable.Repeat(fill, 32)]);

    private static ForgetSnapshots Forget(params string[] snapshots) =>
        new() { Caller = World.NewCaller(), Snapshots = [.. snapshots.Select(s => new SnapshotToForget { Snapshot = s, Reason = "out of the window" })] };

    private static async Task<string> EnrolAsync(World world, byte fill)
    {
        var code = SecretText.Sha256(SecretText.NewSecret());
        await World.Must(world.HostGrain.InviteAsync(new() { Caller = World.NewCaller(), Vault = world.Vault, CodeSha256 = code }, default));
        var enrolment = world.Enrolment(code) with { PublicKey = Key(fill), CredentialKeyId = SecretText.NewId('c') };
        await World.Must(world.HostGrain.EnrolAsync(enrolment, default));
        return enrolment.PublicKey;
    }

    private static Task<Reply<SealedKey>> AskAsync(World world) => world.VaultGrain.SealedKeyAsync(new() { Caller = World.NewCaller(), Host = world.Host }, default);

    private static async Task<(string Sealed, string PublicKey)> SealedAsync(World world)
    {
        var key = await World.Must(AskAsync(world));
        return (key.Sealed, key.PublicKey);
    }
}
