using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Vaults;

/// <summary>
/// The key of a hot vault (decision 19): made, wrapped and sealed by the storage side alone. Here are only forms of it that nobody in the cluster can read.
/// </summary>
internal sealed partial class VaultGrain
{
    /// <summary>Hosts that wait at once; each is some 100 bytes of state.</summary>
    private const int MostSealsWanted = 500;

    private const string HostPrefix = "host:";

    private static Refusal NotHot { get; } = Refusal.Conflict("vault-not-hot", "The key of this vault is the customer's alone. Only a hot vault has one that the service keeps.");

    private static Refusal KeyNotReady { get; } = Refusal.Conflict("key-not-ready", "The storage node has not sealed the key yet. Ask again in a few seconds.");

    public async Task<Reply<SealedKey>> SealedKeyAsync(AskSealedKey request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Name(request.Host, "host")) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;
        if (!State.Hot) return NotHot;

        var host = await GrainFactory.Get(new HostKey(Key.Tenant, request.Host)).ReadAsync(cancellation);
        if (!host.Succeeded || host.Value.Vault != Key.Vault || host.Value is not { Enrolled: true, PublicKey: { } publicKey }) return Unknown.Vault;

        var wanted = new SealWanted { Receiver = HostPrefix + request.Host, PublicKey = publicKey };
        if (State.Seals.Find(made => made.For == wanted) is { } known)
        {
            return known.Sealed is null
                ? Refusal.Conflict("public-key-unusable", "Nothing can be sealed to the key that this host showed at its enrolment. Enrol it again.")
                : Reply<SealedKey>.Done(new() { Sealed = known.Sealed, PublicKey = publicKey });
        }

        if (!State.SealsWanted.Contains(wanted))
        {
            if (State.SealsWanted.Count >= MostSealsWanted) return KeyNotReady;

            // A host that was enrolled anew has another key: what was sealed to the former one is nobody's any more.
            State.SealsWanted.RemoveAll(old => old.Receiver == wanted.Receiver);
            State.Seals.RemoveAll(old => old.For.Receiver == wanted.Receiver);
            State.SealsWanted.Add(wanted);
            Note(Key.Tenant, "key.asked-for", request.Caller, ("host", request.Host), ("publicKey", publicKey));
            await SaveAsync();
        }

        await AskStorageAsync();
        return KeyNotReady;
    }

    public async Task<Reply<StorageOrder>> StorageOrderAsync(string node, CancellationToken cancellation)
    {
        if (WhyNotMine(node) is { } elsewhere) return elsewhere;
        return State.Hot ? Reply<StorageOrder>.Done(await OrderAsync(cancellation)) : NotHot;
    }

    public async Task<Reply<StorageOrder>> KeepWrappedKeyAsync(KeepWrappedKey request, CancellationToken cancellation)
    {
        if ((CheckWrapped(request.Key) ?? (request.Replaces is null ? null : CheckWrapped(request.Replaces))) is { } wrong) return wrong;
        if (WhyNotMine(request.Node) is { } elsewhere) return elsewhere;
        if (!State.Hot) return NotHot;

        if (State.Key == request.Replaces && State.Key != request.Key)
        {
            Note(Key.Tenant, State.Key is null ? "key.made" : "key.wrapped-again", Worker, ("masterKey", request.Key.MasterKeyId));
            State.Key = request.Key;
            await SaveAsync();
        }

        return Reply<StorageOrder>.Done(await OrderAsync(cancellation));
    }

    public async Task<Reply<VaultView>> ReportKeyWorkAsync(ReportKeyWork request, CancellationToken cancellation)
    {
        if (Check.That(!request.Seals.IsDefault && request.Seals.All(made => made.Sealed is null or { Length: > 0 and <= 1000 }), "seals-invalid", "A seal has 1 to 1000 characters.") is { } wrong)
        {
            return wrong;
        }

        if (WhyNotMine(request.Node) is { } elsewhere) return elsewhere;
        if (!State.Hot) return NotHot;
        if (State.Key is null) return Refusal.Conflict("key-missing", "Give the vault its wrapped key first.");

        var isFirst = State.KeyReadyAt is null;
        if (isFirst)
        {
            State.KeyReadyAt = Now;
            Note(Key.Tenant, "key.ready", Worker, ("masterKey", State.Key.MasterKeyId));
        }

        // Only what is wanted, and to the key that it is wanted for.
        var fitting = request.Seals.Where(made => State.SealsWanted.Contains(made.For)).ToList();
        foreach (var made in fitting)
        {
            Take(made);
        }

        if (!isFirst && fitting.Count == 0) return Reply<VaultView>.Repeated(Shown!);
        await SaveAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    private static Refusal? CheckWrapped(WrappedKey key) => Check.Text(key.MasterKeyId, "master key id", 1, 64) ?? Check.Text(key.Sealed, "wrapped key", 1, 1000);

    private async Task<StorageOrder> OrderAsync(CancellationToken cancellation)
    {
        var tenant = await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation);
        return new()
        {
            Key = State.Key,
            Ready = State.KeyReadyAt is not null,
            QuotaBytes = State.QuotaBytes ?? tenant.Value?.RestQuotaBytes,
            ImmutabilityWindow = State.ImmutabilityWindow,
            Seals = [.. State.SealsWanted],
            Forget = [.. State.ToForget],
        };
    }

    private void Take(SealMade made)
    {
        State.SealsWanted.Remove(made.For);
        Note(Key.Tenant, made.Sealed is null ? "key.not-sealable" : "key.sealed", Worker, ("receiver", made.For.Receiver), ("publicKey", made.For.PublicKey));
        if (made.For.Receiver.StartsWith(HostPrefix, StringComparison.Ordinal)) State.Seals.Add(made);
        else TakeOpened(made);
    }
}
