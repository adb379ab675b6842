using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Vaults;

/// <summary>Who may use the vault's shelf (decisions 16 and 18).</summary>
internal sealed partial class VaultGrain
{
    private const int MaxActiveCredentials = 200;

    /// <summary>Older revoked ones are told by the log alone.</summary>
    private const int MaxRevokedCredentials = 50;

    // Compared with when the key is unknown, so that unknown and wrong take the same time. No text is known to have this hash.
    private static readonly string NobodysHash = new('0', 64);

    private ImmutableArray<CredentialView> shownCredentials = [];

    private static Refusal KeyIdTaken { get; } = Refusal.Conflict("key-id-taken", "This key id is in use with another secret or scope. Make a new one.");

    public async Task<Reply<CredentialView>> IssueCredentialAsync(IssueCredential request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckCredential(request)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;

        var operation = Operation.Of(request.Caller, "issue-credential", request.Scope, request.Label, request.Host);
        if (Recall(operation, made => Find(made)?.ToView()) is { } known) return known;
        if (State.Probes.Exists(p => p.KeyId == request.KeyId)) return KeyIdTaken;
        if (Find(request.KeyId) is { } taken) return IsSame(taken, request) ? Reply<CredentialView>.Repeated(taken.ToView()) : KeyIdTaken;
        if (await WhyClosedAsync(cancellation) is { } closed) return closed;
        if (State.Credentials.Count(c => c.RevokedAt is null) >= MaxActiveCredentials)
        {
            return Refusal.Conflict("too-many-credentials", $"A vault has at most {MaxActiveCredentials} active credentials. Revoke one that is no longer used.");
        }

        var credential = new CredentialState
        {
            KeyId = request.KeyId,
            SecretSha256 = request.SecretSha256,
            Scope = request.Scope,
            Label = request.Label,
            Host = request.Host,
            CreatedAt = Now,
        };
        State.Credentials.Add(credential);
        State.Operations.Remember(operation, credential.KeyId);
        Note(Key.Tenant, "credential.issued", request.Caller,
            ("keyId", credential.KeyId), ("scope", InWords(credential.Scope)), ("label", credential.Label), ("host", credential.Host));
        await SaveAsync();
        return Reply<CredentialView>.Done(credential.ToView());
    }

    public async Task<Reply<CredentialView>> RevokeCredentialAsync(RevokeCredential request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.KeyId(request.KeyId, 'c')) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;

        var operation = Operation.Of(request.Caller, "revoke-credential", request.KeyId);
        if (Recall(operation, made => Find(made)?.ToView()) is { } known) return known;
        if (Find(request.KeyId) is not { } credential) return Unknown.Credential;
        if (credential.RevokedAt is not null) return Reply<CredentialView>.Repeated(credential.ToView());

        var revoked = credential with { RevokedAt = Now };
        State.Credentials[State.Credentials.IndexOf(credential)] = revoked;
        ForgetOldRevoked();
        State.Operations.Remember(operation, revoked.KeyId);
        Note(Key.Tenant, "credential.revoked", request.Caller, ("keyId", revoked.KeyId));
        await SaveAsync();
        live.Publish(
            CredentialRevoked.StreamNamespace, State.Node, new CredentialRevoked { Tenant = Key.Tenant, Vault = Key.Vault, KeyId = revoked.KeyId });
        return Reply<CredentialView>.Done(revoked.ToView());
    }

    public Task<Reply<CredentialList>> CredentialsAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is null ? (Reply<CredentialList>)Unknown.Vault : Reply<CredentialList>.Done(new() { Items = shownCredentials }));

    public async Task<CredentialVerdict> AuthenticateAsync(AuthenticateCredential request, CancellationToken cancellation)
    {
        // The tenant is asked first, whatever the credential: unknown, wrong and good ones take the same way.
        var tenant = await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation);
        var credential = Find(request.KeyId);
        var probe = FindProbe(request.KeyId);
        var isRight = SecretText.HashesEqual(credential?.SecretSha256 ?? probe?.SecretSha256 ?? NobodysHash, request.SecretSha256);
        if (isRight && probe is not null && credential is null && tenant.Succeeded) return JudgeProbe(tenant.Value.Suspended);
        if (!isRight || credential is not { RevokedAt: null } || !tenant.Succeeded) return new() { Standing = CredentialStanding.Unknown };

        return new()
        {
            Standing = tenant.Value.Suspended ? CredentialStanding.Suspended : CredentialStanding.Good,
            Scope = credential.Scope,
            QuotaBytes = State.QuotaBytes ?? tenant.Value.RestQuotaBytes,
            ImmutabilityWindow = State.ImmutabilityWindow,
            Node = State.Node,
        };
    }

    private static Refusal? CheckCredential(IssueCredential request) =>
        Check.KeyId(request.KeyId, 'c')
        ?? Check.Hash(request.SecretSha256, "secret hash")
        ?? Check.Known(request.Scope, "scope")
        ?? Check.Text(request.Label, "label", 0, 100)
        ?? (request.Host is null ? null : Check.Name(request.Host, "host"));

    private static bool IsSame(CredentialState credential, IssueCredential request) =>
        credential.RevokedAt is null && credential.SecretSha256 == request.SecretSha256 && credential.Scope == request.Scope && credential.Host == request.Host;

    private static string InWords(CredentialScope scope) => scope switch
    {
        CredentialScope.Append => "append",
        CredentialScope.Prune => "prune",
        _ => "restore",
    };

    private CredentialState? Find(string? keyId) => State.Credentials.Find(credential => credential.KeyId == keyId);

    private void ForgetOldRevoked()
    {
        var old = State.Credentials.Where(c => c.RevokedAt is not null).OrderByDescending(c => c.RevokedAt).Skip(MaxRevokedCredentials).ToHashSet();
        State.Credentials.RemoveAll(old.Contains);
    }
}
