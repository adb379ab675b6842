using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.StorageNode.Tests.Hosting;

internal sealed class StubVault(StubCluster cluster, string key) : IVaultGrain
{
    private static int _keys;
    private readonly ConcurrentDictionary<string, (string Sha256, CredentialScope Scope)> _credentials = new();
    private readonly ConcurrentDictionary<string, bool> _probers = new();

    public string? Node { get; set; } = "node1";

    public long? QuotaBytes { get; set; }

    public TimeSpan Window { get; set; } = TimeSpan.FromDays(7);

    public bool IsSuspended { get; set; }

    /// <summary>When set, answers wait for it: a grain that hangs.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public int Authentications;

    public ConcurrentQueue<AnnounceSnapshots> Announcements { get; } = new();

    public ConcurrentQueue<ReportUsage> Usage { get; } = new();

    public ShelfUser Issue(CredentialScope scope)
    {
        var number = Interlocked.Increment(ref _keys);
        var keyId = "c" + string.Concat(Enumerable.Range(0, 20).Select(i => "abcdefghijklmnopqrstuvwxyz234567"[(number >> Math.Min(5 * i, 30)) & 31]));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _credentials[keyId] = (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), scope);
        return new(VaultKey.Parse(key), keyId, secret);
    }

    /// <summary>A credential of the availability prober.</summary>
    public ShelfUser IssueProbe()
    {
        var user = Issue(CredentialScope.Restore);
        _probers[user.KeyId] = true;
        return user;
    }

    public void Revoke(string keyId) => _credentials.TryRemove(keyId, out _);

    public async Task<CredentialVerdict> AuthenticateAsync(AuthenticateCredential request, CancellationToken cancellation)
    {
        cluster.AskedVaults.Add(key);
        Interlocked.Increment(ref Authentications);
        cluster.ThrowIfDown();
        await Until;
        return _credentials.TryGetValue(request.KeyId, out var known) && known.Sha256 == request.SecretSha256
            ? new() { Standing = IsSuspended ? CredentialStanding.Suspended : _probers.ContainsKey(request.KeyId) ? CredentialStanding.Probe : CredentialStanding.Good, Scope = known.Scope, QuotaBytes = QuotaBytes, ImmutabilityWindow = Window, Node = Node }
            : new() { Standing = CredentialStanding.Unknown };
    }

    public Task<Reply<VaultView>> AnnounceSnapshotsAsync(AnnounceSnapshots request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Announcements.Enqueue(request);
        return Answer();
    }

    public Task<Reply<VaultView>> ReportUsageAsync(ReportUsage request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Usage.Enqueue(request);
        return Answer();
    }

    public Task<Reply<VaultView>> CreateAsync(CreateVault request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<VaultView>> ReadAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<CredentialView>> IssueCredentialAsync(IssueCredential request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<CredentialView>> RevokeCredentialAsync(RevokeCredential request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<CredentialList>> CredentialsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<ProbeCredentialView>> IssueProbeCredentialAsync(IssueProbeCredential request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<VaultView>> WatchAsync(WatchVault request, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>What a hot vault wants of its node, as its grain would keep it.</summary>
    public StorageOrder Order { get; set; } = new() { Ready = false, ImmutabilityWindow = TimeSpan.FromDays(7), Seals = [], Forget = [] };

    public ConcurrentQueue<SealMade> Seals { get; } = new();

    public ConcurrentQueue<ReportPruned> Pruned { get; } = new();

    public Task<Reply<StorageOrder>> StorageOrderAsync(string node, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        return Task.FromResult(Reply<StorageOrder>.Done(Order));
    }

    public Task<Reply<StorageOrder>> KeepWrappedKeyAsync(KeepWrappedKey request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        if (Order.Key == request.Replaces)
            Order = Order with { Key = request.Key };
        return Task.FromResult(Reply<StorageOrder>.Done(Order));
    }

    public Task<Reply<VaultView>> ReportKeyWorkAsync(ReportKeyWork request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Order = Order with { Ready = true, Seals = [.. Order.Seals.Except(request.Seals.Select(made => made.For))] };
        foreach (var made in request.Seals)
            Seals.Enqueue(made);
        return Answer();
    }

    public Task<Reply<VaultView>> ReportForgottenAsync(ReportForgotten request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Order = Order with { Forget = [.. Order.Forget.Where(s => !request.Snapshots.Contains(s.Snapshot))] };
        return Answer();
    }

    public Task<Reply<VaultView>> ReportPrunedAsync(ReportPruned request, CancellationToken cancellation)
    {
        cluster.ThrowIfDown();
        Pruned.Enqueue(request);
        return Answer();
    }

    public Task<Reply<VaultView>> ForgetAsync(ForgetSnapshots request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<SealedKey>> SealedKeyAsync(AskSealedKey request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<KeyOpeningView>> RequestKeyOpeningAsync(RequestKeyOpening request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<KeyOpeningView>> ApproveKeyOpeningAsync(ApproveKeyOpening request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<KeyOpeningView>> ReadKeyOpeningAsync(Caller caller, string opening, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Reply<KeyOpeningList>> KeyOpeningsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    private Task<Reply<VaultView>> Answer() => Task.FromResult(Reply<VaultView>.Done(new()
    {
        Tenant = VaultKey.Parse(key).Tenant,
        Name = VaultKey.Parse(key).Vault,
        Node = Node ?? "",
        CreatedAt = default,
        StoredBytes = 0,
        StoredObjects = 0,
        SnapshotsArrived = 0,
        ImmutabilityWindow = Window,
        Version = 1,
    }));
}
