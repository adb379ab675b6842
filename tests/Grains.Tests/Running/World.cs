using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.Tests.Running;

/// <summary>What most tests begin with: a tenant that may work, a node, a vault, an enrolled host. Every name is new.</summary>
public sealed class World(GrainCluster cluster)
{
    public static readonly string TextHash = SecretText.Sha256("the text");

    private readonly GrainCluster cluster = cluster;

    public string Tenant { get; } = Name("t");

    public string Node { get; } = Name("n");

    public string Vault { get; } = "main";

    public string Host { get; } = "web01";

    public string HostSecret { get; } = SecretText.Sha256(SecretText.NewSecret());

    public string HostKeyId { get; } = SecretText.NewId('c');

    public string HostCredential { get; } = SecretText.Sha256(SecretText.NewSecret());

    public ITenantGrain TenantGrain => cluster.Grains.Get(new TenantKey(Tenant));

    public IVaultGrain VaultGrain => cluster.Grains.Get(new VaultKey(Tenant, Vault));

    public IHostGrain HostGrain => cluster.Grains.Get(new HostKey(Tenant, Host));

    public static string Name(string prefix) => $"{prefix}{Guid.NewGuid():N}"[..14];

    public static Caller NewCaller(string? operation = null) =>
        new() { Operation = operation ?? Guid.NewGuid().ToString("N"), Actor = "key:test/k1", Address = "192.0.2.1" };

    public static async Task<T> Must<T>(Task<Reply<T>> call)
        where T : class
    {
        var reply = await call;
        Assert.True(reply.Succeeded, $"{reply.Refusal?.Code}: {reply.Refusal?.Advice}");
        return reply.Value;
    }

    public static async Task Refused<T>(RefusalKind kind, string code, Task<Reply<T>> call)
        where T : class
    {
        var reply = await call;
        Assert.False(reply.Succeeded);
        Assert.Equal((kind, code), (reply.Refusal.Kind, reply.Refusal.Code));
        Assert.True(reply.Refusal.Advice.Length > 10);
    }

    public async Task<World> WithTenantAsync(long? quotaBytes = null)
    {
        await Must(TenantGrain.CreateAsync(new() { Caller = NewCaller(), DisplayName = "A customer", QuotaBytes = quotaBytes }, default));
        await AcceptAsync("general-conditions");
        await AcceptAsync("specific-conditions");
        return this;
    }

    public Task<AcceptanceView> AcceptAsync(string document) => Must(TenantGrain.AcceptTermsAsync(
        new() { Caller = NewCaller(), Document = document, Version = "1", TextSha256 = TextHash, AcceptedBy = "Somebody" }, default));

    public async Task<World> WithNodeAsync()
    {
        await Must(cluster.Grains.Get(new NodeKey(Node)).RegisterAsync(
            new()
            {
                Caller = NewCaller(),
                StorageUrl = "http://192.0.2.9:8081",
                Hardware = $"box-{Node}",
                Site = "paris",
                CapacityBytes = 1L << 40,
                FreeBytes = 1L << 39,
            },
            default));
        return this;
    }

    /// <summary>With tenant and node.</summary>
    public async Task<World> WithVaultAsync(long? tenantQuotaBytes = null, long? quotaBytes = null)
    {
        await WithTenantAsync(tenantQuotaBytes);
        await WithNodeAsync();
        await Must(CreateVaultAsync(Vault, quotaBytes));
        return this;
    }

    /// <summary>With tenant, node and a hot vault whose key the storage side has made.</summary>
    public async Task<World> WithHotVaultAsync()
    {
        await WithTenantAsync();
        await WithNodeAsync();
        await Must(VaultGrain.CreateAsync(new() { Caller = NewCaller(), Node = Node, Hot = true }, default));
        await Must(VaultGrain.KeepWrappedKeyAsync(new() { Node = Node, Key = new() { MasterKeyId = "0011223344556677", Sealed = "d3JhcHBlZA==" } }, default));
        await Must(VaultGrain.ReportKeyWorkAsync(new() { Node = Node, Seals = [] }, default));
        return this;
    }

    public INodeGrain NodeGrain => cluster.Grains.Get(new NodeKey(Node));

    /// <summary>Names of the events in the tenant's log.</summary>
    public async Task<List<string>> EventsAsync()
    {
        await cluster.Grains.Get(new LogKey(Tenant)).DrainAsync(default);
        return [.. (await cluster.Log.PageAsync(Tenant, 0, 1000, default)).Select(entry => entry.Fact.Event)];
    }

    public Task<Reply<VaultView>> CreateVaultAsync(string vault, long? quotaBytes = null, string? operation = null) =>
        cluster.Grains.Get(new VaultKey(Tenant, vault)).CreateAsync(
            new() { Caller = NewCaller(operation), QuotaBytes = quotaBytes, Node = Node }, default);

    /// <summary>With tenant, node and vault.</summary>
    public async Task<World> WithHostAsync() => await (await WithVaultAsync()).EnrolAsync();

    /// <summary>With the host, where tenant and vault are there.</summary>
    public async Task<World> EnrolAsync()
    {
        var code = SecretText.Sha256(SecretText.NewSecret());
        await Must(HostGrain.InviteAsync(new() { Caller = NewCaller(), Vault = Vault, CodeSha256 = code }, default));
        await Must(HostGrain.EnrolAsync(Enrolment(code), default));
        return this;
    }

    public EnrolHost Enrolment(string code) => new()
    {
        Caller = NewCaller(),
        CodeSha256 = code,
        PublicKey = Convert.ToBase64String(new byte[32]),
        SecretSha256 = HostSecret,
        CredentialKeyId = HostKeyId,
        CredentialSha256 = HostCredential,
        Capabilities = ["linux", "0.1.0"],
    };

    public SnapshotArrival Arrival(DateTimeOffset at, string? keyId = null, string? name = null) =>
        new() { Snapshot = SecretText.Sha256(name ?? Guid.NewGuid().ToString()), ReceivedAt = at, Bytes = 300, KeyId = keyId };

    public Task<Reply<VaultView>> AnnounceAsync(params SnapshotArrival[] arrivals) =>
        VaultGrain.AnnounceSnapshotsAsync(new() { Node = Node, Snapshots = [.. arrivals] }, default);
}
