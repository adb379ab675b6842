using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Live;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Placement;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Tenants;

internal sealed partial class TenantGrain(
    IGrainContext context,
    [PersistentState(StateNames.Tenant, RecordedStorage.Name)] IPersistentState<TenantState> store,
    LivePublisher live,
    TimeProvider clock,
    ILogger<TenantGrain> logger) : RecordedGrain<TenantState, TenantView>(store, clock), ITenantGrain
{
    /// <summary>Bounds that keep the state small.</summary>
    private const int MaxVaults = 200;

    private const int MaxAcceptances = 50;

    /// <summary>The oldest go first: long sealed are the months that they concern.</summary>
    private const int MaxSuspensions = 200;

    private ImmutableArray<AcceptanceView> shownAcceptances = [];

    private ImmutableArray<SuspensionSpan> shownSuspensions = [];

    private TenantKey Key { get; } = TenantKey.Parse(context.GrainId.Key.ToString()!);

    public async Task<Reply<TenantView>> CreateAsync(CreateTenant request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckProfile(request.DisplayName, request.QuotaBytes)) is { } wrong) return wrong;
        if (!NameRule.MayNameTenant(Key.Tenant))
        {
            return Refusal.Invalid("name-reserved", $"The name '{Key.Tenant}' is reserved. Choose another one.");
        }

        var operation = Operation.Of(request.Caller, "create", request.DisplayName, request.QuotaBytes);
        if (Recall(operation) is { } known) return known;
        if (Exists) return Refusal.Conflict("tenant-exists", $"There is a tenant '{Key.Tenant}' already. Choose another name.");

        State.Name = Key.Tenant;
        State.DisplayName = request.DisplayName;
        State.QuotaBytes = request.QuotaBytes;
        State.CreatedAt = Now;
        Note(Key.Tenant, "tenant.created", request.Caller, ("displayName", request.DisplayName), ("quotaBytes", request.QuotaBytes));
        return await KeepAsync(operation);
    }

    public Task<Reply<TenantView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is { } view ? Reply<TenantView>.Done(view) : Unknown.Tenant);

    public async Task<Reply<TenantView>> EditAsync(EditTenant request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckProfile(request.DisplayName, request.QuotaBytes)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Tenant;

        var operation = Operation.Of(request.Caller, "edit", request.ExpectedVersion, request.DisplayName, request.QuotaBytes);
        if (Recall(operation) is { } known) return known;
        if (request.ExpectedVersion is { } expected && expected != Version)
        {
            return Refusal.Stale("version-stale", $"The tenant is at version {Version} by now, not {expected}. Read it again, then edit.");
        }

        if (!QuotaRule.Fits(request.QuotaBytes, State.Vaults.Values))
        {
            return Refusal.Conflict("quota-below-vaults", "The vaults' own quotas together exceed this quota. Choose a larger one.");
        }

        State.DisplayName = request.DisplayName;
        State.QuotaBytes = request.QuotaBytes;
        Note(Key.Tenant, "tenant.edited", request.Caller, ("displayName", request.DisplayName), ("quotaBytes", request.QuotaBytes));
        var reply = await KeepAsync(operation);
        PushVerdictsAsync().Ignore();
        return reply;
    }

    public async Task<Reply<AcceptanceView>> AcceptTermsAsync(AcceptTerms request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckAcceptance(request)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Tenant;

        var operation = Operation.Of(request.Caller, "accept", request.Document, request.Version, request.TextSha256, request.AcceptedBy);
        var same = State.Acceptances.Find(a => a.Document == request.Document && a.Version == request.Version && a.TextSha256 == request.TextSha256);
        if (Recall(operation, _ => same) is { } known) return known;
        if (same is not null) return Reply<AcceptanceView>.Repeated(same);
        if (State.Acceptances.Count >= MaxAcceptances)
        {
            return Refusal.Conflict("too-many-acceptances", $"A tenant holds at most {MaxAcceptances} acceptances. Ask the provider.");
        }

        var acceptance = new AcceptanceView
        {
            Document = request.Document,
            Version = request.Version,
            TextSha256 = request.TextSha256,
            AcceptedBy = request.AcceptedBy,
            AcceptedAt = Now,
            Address = request.Caller.Address,
        };
        State.Acceptances.Add(acceptance);
        Note(Key.Tenant, "terms.accepted", request.Caller,
            ("document", request.Document), ("version", request.Version), ("textSha256", request.TextSha256), ("acceptedBy", request.AcceptedBy));
        await KeepAsync(operation);
        return Reply<AcceptanceView>.Done(acceptance);
    }

    public Task<Reply<AcceptanceList>> AcceptancesAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is null ? (Reply<AcceptanceList>)Unknown.Tenant : Reply<AcceptanceList>.Done(new() { Items = shownAcceptances }));

    public async Task<Reply<TenantView>> SuspendAsync(SuspendTenant request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 1, 500) ?? Check.Known(request.Cause, "cause")) is { } wrong) return wrong;
        if (!Exists) return Unknown.Tenant;

        var operation = Operation.Of(request.Caller, "suspend", request.Suspended, request.Reason, request.Cause);
        if (Recall(operation) is { } known) return known;
        var isContracts = request.Cause == SuspensionCause.Contract;
        if ((isContracts ? State.SuspendedByContract : State.Suspended) == request.Suspended) return Reply<TenantView>.Repeated(Shown!);

        if (isContracts) State.SuspendedByContract = request.Suspended;
        else State.Suspended = request.Suspended;
        var isHeld = State.Suspended || State.SuspendedByContract;
        if (isHeld != Shown!.Suspended) KeepSuspension(isHeld);

        // A hold that goes while another stays resumes nothing yet: the log says so.
        Note(Key.Tenant, request.Suspended ? "tenant.suspended" : isHeld ? "tenant.hold-lifted" : "tenant.resumed", request.Caller,
            ("reason", request.Reason), ("cause", isContracts ? "contract" : "provider"));
        var reply = await KeepAsync(operation);
        PushVerdictsAsync().Ignore();
        return reply;
    }

    public Task<Reply<SuspensionList>> SuspensionsAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is null ? (Reply<SuspensionList>)Unknown.Tenant : Reply<SuspensionList>.Done(new() { Items = shownSuspensions }));

    public async Task<Reply<TenantView>> AdmitVaultAsync(AdmitVault request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Name(request.Vault, "vault") ?? Check.Bytes(request.QuotaBytes, "quota")) is { } wrong) return wrong;
        if (!Exists) return Unknown.Tenant;
        if (TenantGate.WhyNot(Shown!) is { } closed) return closed;
        if (State.Vaults.TryGetValue(request.Vault, out var admitted) && admitted == request.QuotaBytes) return Reply<TenantView>.Repeated(Shown!);

        var vaults = new SortedDictionary<string, long?>(State.Vaults, StringComparer.Ordinal) { [request.Vault] = request.QuotaBytes };
        if (vaults.Count > MaxVaults)
        {
            return Refusal.Conflict("too-many-vaults", $"A tenant has at most {MaxVaults} vaults. Use one that exists.");
        }

        if (!QuotaRule.Fits(State.QuotaBytes, vaults.Values))
        {
            return Refusal.NoRoom("quota-exhausted", $"The tenant's quota of {State.QuotaBytes} bytes does not hold this vault. Ask for less, or have the quota raised.");
        }

        State.Vaults = vaults;
        await SaveAsync();

        // The others' share of the quota has shrunk.
        if (State.QuotaBytes is not null) PushVerdictsAsync().Ignore();
        return Reply<TenantView>.Done(Shown!);
    }

    protected override TenantView ToView(long version) => State.ToView(version);

    protected override void Show()
    {
        base.Show();
        shownAcceptances = [.. State.Acceptances];
        shownSuspensions = [.. State.Suspensions];
    }

    private static Refusal? CheckProfile(string displayName, long? quotaBytes) =>
        Check.Text(displayName, "display name", 1, 200) ?? Check.Bytes(quotaBytes, "quota");

    private static Refusal? CheckAcceptance(AcceptTerms request) =>
        Check.That(Terms.All.Contains(request.Document), "document-unknown", $"The document must be one of: {string.Join(", ", Terms.All)}.")
        ?? Check.Text(request.Version, "version", 1, 40)
        ?? Check.Hash(request.TextSha256, "text hash")
        ?? Check.Text(request.AcceptedBy, "name of who accepted", 1, 200);

    private void KeepSuspension(bool begins)
    {
        if (begins) State.Suspensions.Add(new() { From = Now });
        else if (State.Suspensions is [.., { Until: null } open]) State.Suspensions[^1] = open with { Until = Now };
        if (State.Suspensions.Count > MaxSuspensions) State.Suspensions.RemoveAt(0);
    }

    private async Task<Reply<TenantView>> KeepAsync(Operation operation)
    {
        State.Operations.Remember(operation);
        await SaveAsync();
        return Reply<TenantView>.Done(Shown!);
    }

    // What shelves have cached about the tenant's vaults is void now. A vault that does not answer leaves its shelf to the cache's age.
    private async Task PushVerdictsAsync()
    {
        foreach (var vault in Shown!.Vaults)
        {
            try
            {
                var reply = await GrainFactory.Get(new VaultKey(Key.Tenant, vault)).ReadAsync(CancellationToken.None);
                if (reply.Succeeded)
                {
                    live.Publish(CredentialRevoked.StreamNamespace, reply.Value.Node, new CredentialRevoked { Tenant = Key.Tenant, Vault = vault });
                }
            }
            catch (Exception fault)
            {
                LogPushFailed(fault, Key, vault);
            }
        }
    }
}
