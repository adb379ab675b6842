using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Access;

internal sealed partial class KeyringGrain(
    IGrainContext context,
    [PersistentState(StateNames.Keyring, RecordedStorage.Name)] IPersistentState<KeyringState> store,
    TimeProvider clock,
    ILogger<KeyringGrain> logger) : RecordedGrain<KeyringState, AccessKeyList>(store, clock), IKeyringGrain
{
    private const int MaxActiveKeys = 100;

    /// <summary>Older revoked ones are told by the log alone.</summary>
    private const int MaxRevokedKeys = 50;

    // Compared with when the key is unknown, so that unknown and wrong take the same time. No text is known to have this hash.
    private static readonly string NobodysHash = new('0', 64);

    private KeyringKey Key { get; } = KeyringKey.Parse(context.GrainId.Key.ToString()!);

    private bool IsOperators => Key.Scope == KeyringKey.Operators;

    public async Task<Reply<AccessKeyView>> IssueAsync(IssueAccessKey request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckKey(request)) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "issue", request.Role, request.Label);
        if (Recall(operation, Present) is { } known) return known;
        if (Find(request.KeyId) is { } taken)
        {
            return taken.SecretSha256 == request.SecretSha256 && taken.Role == request.Role && taken.RevokedAt is null
                ? Reply<AccessKeyView>.Repeated(taken.ToView(Key.Scope))
                : Refusal.Conflict("key-id-taken", "This key id is in use with another secret or role. Make a new one.");
        }

        if (!IsOperators && !(await GrainFactory.Get(new TenantKey(Key.Scope)).ReadAsync(cancellation)).Succeeded) return Unknown.Tenant;
        if (State.Keys.Count(k => k.RevokedAt is null) >= MaxActiveKeys)
        {
            return Refusal.Conflict("too-many-keys", $"At most {MaxActiveKeys} keys can be active. Revoke one that is no longer used.");
        }

        var key = new AccessKeyState
        {
            KeyId = request.KeyId,
            SecretSha256 = request.SecretSha256,
            Role = request.Role,
            Label = request.Label,
            CreatedAt = Now,
        };
        State.Keys.Add(key);
        State.Operations.Remember(operation, key.KeyId);
        Note(Key.Scope, "key.issued", request.Caller, ("keyId", key.KeyId), ("role", key.Role.ToString()), ("label", key.Label));
        await SaveAsync();
        return Reply<AccessKeyView>.Done(key.ToView(Key.Scope));
    }

    public async Task<Reply<AccessKeyView>> RevokeAsync(RevokeAccessKey request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.KeyId(request.KeyId, 'k')) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "revoke", request.KeyId);
        if (Recall(operation, Present) is { } known) return known;
        if (Find(request.KeyId) is not { } key) return Unknown.AccessKey;
        if (key.RevokedAt is not null) return Reply<AccessKeyView>.Repeated(key.ToView(Key.Scope));
        if (IsOperators && State.Keys.Count(k => k.RevokedAt is null) == 1)
        {
            return Refusal.Conflict("last-operator-key", "This is the last operator's key: nobody could make another one. Issue a new one first.");
        }

        var revoked = key with { RevokedAt = Now };
        State.Keys[State.Keys.IndexOf(key)] = revoked;
        ForgetOldRevoked();
        State.Operations.Remember(operation, revoked.KeyId);
        Note(Key.Scope, "key.revoked", request.Caller, ("keyId", revoked.KeyId));
        await SaveAsync();
        LogKeyRevoked(Key, revoked.KeyId);
        return Reply<AccessKeyView>.Done(revoked.ToView(Key.Scope));
    }

    public Task<Reply<AccessKeyList>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult(Reply<AccessKeyList>.Done(ToView(Version)));

    public Task<AccessKeyView?> AuthenticateAsync(string keyId, string secretSha256, CancellationToken cancellation)
    {
        var key = Find(keyId);
        var isRight = SecretText.HashesEqual(key?.SecretSha256 ?? NobodysHash, secretSha256);
        if (!isRight || key is not { RevokedAt: null }) return Task.FromResult<AccessKeyView?>(null);

        key.LastUsedAt = Now;
        return Task.FromResult<AccessKeyView?>(key.ToView(Key.Scope));
    }

    protected override AccessKeyList ToView(long version) => State.ToView(Key.Scope);

    private Refusal? CheckKey(IssueAccessKey request) =>
        Check.KeyId(request.KeyId, 'k')
        ?? Check.Hash(request.SecretSha256, "secret hash")
        ?? Check.Known(request.Role, "role")
        ?? Check.Text(request.Label, "label", 0, 100)
        ?? Check.That(
            IsOperators == (request.Role == AccessRole.Operator), "role-not-here",
            IsOperators ? "The provider's own keys have the role operator." : "A tenant's keys have the role manager or reader.");

    private AccessKeyState? Find(string? keyId) => State.Keys.Find(key => key.KeyId == keyId);

    private AccessKeyView? Present(string? made) => Find(made)?.ToView(Key.Scope);

    private void ForgetOldRevoked()
    {
        var old = State.Keys.Where(k => k.RevokedAt is not null).OrderByDescending(k => k.RevokedAt).Skip(MaxRevokedKeys).ToHashSet();
        State.Keys.RemoveAll(old.Contains);
    }
}
