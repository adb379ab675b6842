using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Hosts;

/// <summary>How a machine becomes a host (decision 25): an invitation opens a one-time code, the code is redeemed once.</summary>
internal sealed partial class HostGrain
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);

    // One answer for a wrong code, a used one, an expired one and a host that nobody invited.
    private static Refusal CodeRefused { get; } =
        Refusal.Forbidden("enrolment-refused", "The enrolment code is wrong, used or expired. Ask for a new one; it is good once, for 15 minutes.");

    public async Task<Reply<HostView>> InviteAsync(InviteHost request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Name(request.Vault, "vault") ?? Check.Hash(request.CodeSha256, "code hash")) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "invite", request.Vault);
        if (Recall(operation) is { } known) return known;
        if (Exists && State.Vault != request.Vault)
        {
            return Refusal.Conflict("host-has-vault", $"This host backs up into vault '{State.Vault}'. Invite it with that one, or choose another host name.");
        }

        if (await WhyClosedAsync(cancellation) is { } closed) return closed;
        var vault = await GrainFactory.Get(new VaultKey(Key.Tenant, request.Vault)).ReadAsync(cancellation);
        if (!vault.Succeeded) return vault.Refusal;

        State.Tenant = Key.Tenant;
        State.Name = Key.Host;
        State.Vault = request.Vault;
        State.CodeSha256 = request.CodeSha256;
        State.CodeExpiresAt = Now + CodeLifetime;
        State.CodeRedeemed = false;
        State.Operations.Remember(operation);
        Note(Key.Tenant, "host.invited", request.Caller, ("vault", request.Vault));
        await KeepAsync();
        return Reply<HostView>.Done(Shown!);
    }

    public async Task<Reply<HostView>> EnrolAsync(EnrolHost request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckEnrolment(request)) is { } wrong) return wrong;
        if (!IsCodeGood(request)) return CodeRefused;
        if (State.CodeRedeemed && !IsSame(request)) return CodeRefused;

        // Before the host says that it is enrolled, its credential is good; a repetition finds it there.
        var vault = GrainFactory.Get(new VaultKey(Key.Tenant, State.Vault));
        var issued = await vault.IssueCredentialAsync(
            new()
            {
                Caller = request.Caller with { Operation = $"enrol/{request.CredentialKeyId}" },
                KeyId = request.CredentialKeyId,
                SecretSha256 = request.CredentialSha256,
                Scope = CredentialScope.Append,
                Label = $"agent on {Key.Host}",
                Host = Key.Host,
            },
            cancellation);
        if (!issued.Succeeded) return issued.Refusal;
        if (State.CodeRedeemed) return Reply<HostView>.Repeated(Shown!);

        if (State.CredentialKeyId is { } former && former != request.CredentialKeyId)
        {
            await vault.RevokeCredentialAsync(new() { Caller = Operation.Further(request.Caller, "replace"), KeyId = former }, cancellation);
        }

        State.CodeRedeemed = true;
        State.EnrolledAt = Now;
        State.LastSeenAt = State.EnrolledAt;
        State.PublicKey = request.PublicKey;
        State.SecretSha256 = request.SecretSha256;
        State.CredentialKeyId = request.CredentialKeyId;
        State.CredentialSha256 = request.CredentialSha256;
        State.Capabilities = [.. request.Capabilities];
        Note(Key.Tenant, "host.enrolled", request.Caller, ("publicKey", request.PublicKey), ("keyId", request.CredentialKeyId));
        await KeepAsync();
        LogHostEnrolled(Key);
        return Reply<HostView>.Done(Shown!);
    }

    private static Refusal? CheckEnrolment(EnrolHost request) =>
        Check.Hash(request.CodeSha256, "code hash")
        ?? Check.PublicKey(request.PublicKey)
        ?? Check.Hash(request.SecretSha256, "secret hash")
        ?? Check.KeyId(request.CredentialKeyId, 'c')
        ?? Check.Hash(request.CredentialSha256, "credential hash")
        ?? CheckCapabilities(request.Capabilities);

    private bool IsCodeGood(EnrolHost request) =>
        SecretText.HashesEqual(Exists ? State.CodeSha256 : NobodysHash, request.CodeSha256) && Exists && Now < State.CodeExpiresAt;

    private bool IsSame(EnrolHost request) =>
        State.PublicKey == request.PublicKey && State.SecretSha256 == request.SecretSha256
        && State.CredentialKeyId == request.CredentialKeyId && State.CredentialSha256 == request.CredentialSha256;
}
