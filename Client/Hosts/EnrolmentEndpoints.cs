using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Hosts;

/// <summary><c>/enrolments</c>: the only endpoint without a key; the one-time code stands for it.</summary>
internal static class EnrolmentEndpoints
{
    public static void MapEnrolments(this ApiGroups api) =>
        api.Root.MapPost("/enrolments", EnrolAsync).AllowAnonymous().WithTags("Hosts").Named("enrolHost", "Redeems an enrolment code: gives the host its key and its credential");

    private static async Task<Results<Created<Enrolled>, ProblemHttpResult>> EnrolAsync(
        EnrolBody body, HttpContext http, ClusterCalls cluster, GuessGuard guard)
    {
        var (wait, answer) = await guard.TryAsync(http, () => RedeemAsync(body, http, cluster));
        if (wait > TimeSpan.Zero)
            return Problem.Later(StatusCodes.Status429TooManyRequests, "too-many-wrong-keys", "Too many wrong codes or keys came from this address. Wait, then try again.", wait);

        // One answer for malformed, wrong, used and late codes and for hosts that do not exist: a stranger learns nothing.
        return answer
            ?? Problem.Of(StatusCodes.Status403Forbidden, "enrolment-refused", "The code is wrong, used, or older than 15 minutes. Ask a manager of the service for a new one.");
    }

    /// <summary>Null for a code that is not good.</summary>
    private static async Task<Results<Created<Enrolled>, ProblemHttpResult>?> RedeemAsync(EnrolBody body, HttpContext http, ClusterCalls cluster)
    {
        if (PresentedKey.Parse(body.Code) is not { Form: KeyForm.Enrolment } code)
            return null;

        var secrets = new EnrolmentSecrets(body.Code, body.PublicKey);
        var request = new EnrolHost
        {
            Caller = CallerOf.Request(http, $"host:{code.Scope}/{code.Name}"),
            CodeSha256 = code.SecretSha256,
            PublicKey = body.PublicKey,
            SecretSha256 = SecretText.Sha256(secrets.HostSecret),
            CredentialKeyId = secrets.CredentialKeyId,
            CredentialSha256 = SecretText.Sha256(secrets.CredentialSecret),
            Capabilities = body.Capabilities,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new HostKey(code.Scope, code.Name)).EnrolAsync(request, CancellationToken.None), http.RequestAborted);
        if (!reply.Succeeded && reply.Refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden)
            return null;
        if (!reply.Succeeded)
            return Problem.From(reply.Refusal);

        var vault = await cluster.AskAsync(grains => grains.Get(new VaultKey(code.Scope, reply.Value.Vault)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return TypedResults.Created($"/api/v1/tenants/{code.Scope}/hosts/{code.Name}", new Enrolled
        {
            Tenant = code.Scope,
            Host = code.Name,
            Vault = reply.Value.Vault,
            Key = SecretText.FormatHostKey(code.Scope, code.Name, secrets.HostSecret),
            Url = vault.Value?.Url,
            Credential = new() { KeyId = request.CredentialKeyId, Secret = secrets.CredentialSecret },
        });
    }
}
