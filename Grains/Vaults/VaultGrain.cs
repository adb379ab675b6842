using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Live;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Grains.Tenants;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Vaults;

/// <summary>The vault itself: creation, usage, watchers. Credentials, arrivals and what concerns hot vaults stand in files of their own.</summary>
[OnVaultNode]
internal sealed partial class VaultGrain(
    IGrainContext context,
    [PersistentState(StateNames.Vault, RecordedStorage.Name)] IPersistentState<VaultState> store,
    NodeChooser nodes,
    ArrivalLedger ledger,
    LivePublisher live,
    TimeProvider clock,
    ILogger<VaultGrain> logger) : RecordedGrain<VaultState, VaultView>(store, clock), IVaultGrain
{
    /// <summary>Keeps the state small.</summary>
    private const int MaxWatchers = 100;

    /// <summary>Unchanged usage is written again only after this long.</summary>
    private static readonly TimeSpan UsageRewrite = TimeSpan.FromHours(1);

    private VaultKey Key { get; } = VaultKey.Parse(context.GrainId.Key.ToString()!);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (State.Untold.Count > 0) TellSoon(TimeSpan.Zero);
        if (WorkWanted().Any()) AskSoon(TimeSpan.Zero);
    }

    public async Task<Reply<VaultView>> CreateAsync(CreateVault request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Bytes(request.QuotaBytes, "quota")
            ?? (request.Node is null ? null : Check.Name(request.Node, "node"))) is { } wrong)
        {
            return wrong;
        }

        var operation = request.Hot
            ? Operation.Of(request.Caller, "create", request.QuotaBytes, request.Node, "hot")
            : Operation.Of(request.Caller, "create", request.QuotaBytes, request.Node);
        if (Recall(operation) is { } known) return known;
        if (Exists) return Refusal.Conflict("vault-exists", $"There is a vault '{Key.Vault}' already. Choose another name.");
        if (await WhyClosedAsync(cancellation) is { } closed) return closed;

        var (node, none) = await nodes.ChooseAsync(request.Node, cancellation);
        if (node is null) return none!;

        var admission = new AdmitVault { Caller = Operation.Further(request.Caller, "admit"), Vault = Key.Vault, QuotaBytes = request.QuotaBytes };
        var admitted = await GrainFactory.Get(new TenantKey(Key.Tenant)).AdmitVaultAsync(admission, cancellation);
        if (!admitted.Succeeded) return admitted.Refusal;

        // Before the vault is there: from its first minute on, its availability is owed, whether anybody probes it or not.
        await GrainFactory.Get(new AvailabilityKey(Key.Tenant)).BeginAsync(cancellation);

        State.Tenant = Key.Tenant;
        State.Name = Key.Vault;
        State.Node = node.Name;
        State.StorageUrl = node.StorageUrl;
        State.QuotaBytes = request.QuotaBytes;
        State.Hot = request.Hot;
        State.CreatedAt = Now;
        State.Operations.Remember(operation);
        Note(Key.Tenant, "vault.created", request.Caller, ("node", node.Name), ("quotaBytes", request.QuotaBytes), ("hot", request.Hot ? "true" : null));
        await SaveAsync();
        await AskStorageAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    public Task<Reply<VaultView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is { } view ? Reply<VaultView>.Done(view) : Unknown.Vault);

    public async Task<Reply<VaultView>> ReportUsageAsync(ReportUsage request, CancellationToken cancellation)
    {
        if ((Check.Bytes(request.StoredBytes, "stored bytes") ?? Check.Bytes(request.StoredObjects, "stored objects")) is { } wrong) return wrong;
        if (WhyNotMine(request.Node) is { } elsewhere) return elsewhere;
        if (State.UsageAt >= request.ObservedAt) return Reply<VaultView>.Repeated(Shown!);

        var storageUrl = await StorageUrlNowAsync(cancellation);
        var isSame = State.StoredBytes == request.StoredBytes && State.StoredObjects == request.StoredObjects && State.StorageUrl == storageUrl;
        if (isSame && request.ObservedAt - State.UsageAt < UsageRewrite) return Reply<VaultView>.Repeated(Shown!);

        State.StorageUrl = storageUrl;
        State.StoredBytes = request.StoredBytes;
        State.StoredObjects = request.StoredObjects;
        State.UsageAt = request.ObservedAt;
        await SaveAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    public async Task<Reply<VaultView>> WatchAsync(WatchVault request, CancellationToken cancellation)
    {
        if (Check.Name(request.Set, "set") is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;
        if (State.Watchers.Contains(request.Set)) return Reply<VaultView>.Repeated(Shown!);
        if (State.Watchers.Count >= MaxWatchers)
        {
            return Refusal.Conflict("too-many-sets", $"A vault has at most {MaxWatchers} sets. Use another vault.");
        }

        State.Watchers.Add(request.Set);
        await SaveAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    protected override VaultView ToView(long version) => State.ToView(version);

    protected override void Show()
    {
        base.Show();
        shownCredentials = [.. State.Credentials.Select(credential => credential.ToView())];
        toTell = [.. State.Untold];
        watchers = [.. State.Watchers];
        shownOpenings = [.. State.Openings];
    }

    private async Task<Refusal?> WhyClosedAsync(CancellationToken cancellation)
    {
        var tenant = await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation);
        return tenant.Succeeded ? TenantGate.WhyNot(tenant.Value) : tenant.Refusal;
    }

    private Refusal? WhyNotMine(string node)
    {
        if (!Exists) return Unknown.Vault;
        return node == State.Node ? null : Refusal.Conflict("not-this-node", $"The vault lies on node '{State.Node}', not on '{node}'.");
    }

    // A node that started again may have another address; what the vault shows follows with its next report.
    private async Task<string?> StorageUrlNowAsync(CancellationToken cancellation)
    {
        var node = await GrainFactory.Get(new NodeKey(State.Node)).ReadAsync(cancellation);
        return node.Value?.StorageUrl ?? State.StorageUrl;
    }
}
