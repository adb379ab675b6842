using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Access;

/// <summary><c>/tenants/{tenant}/keys</c>: what programs of a customer come in with.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this ApiGroups api)
    {
        var keys = api.Tenant.MapGroup("/keys").WithTags("Keys");
        keys.MapPost("/", IssueAsync).RequireAuthorization(Policies.Manager).Named("issueKey", "Makes a key for a program; its secret is shown this once");
        keys.MapGet("/", ListAsync).RequireAuthorization(Policies.Manager).Named("listKeys", "Lists keys, revoked ones too, without their secrets");
        keys.MapDelete("/{key}", RevokeAsync).RequireAuthorization(Policies.Manager).Named("revokeKey", "Revokes a key; every door knows within 10 seconds");
    }

    private static async Task<Results<Created<IssuedKey>, Ok<IssuedKey>, ProblemHttpResult>> IssueAsync(string tenant, IssueKeyBody body, HttpContext http, ClusterCalls cluster)
    {
        if (body.Role == AccessRole.Operator)
            return Problem.Invalid([new("role", "must be one of: reader, manager. Operators' keys are the provider's.")]);
        var secret = SecretText.NewSecret();
        var request = new IssueAccessKey
        {
            Caller = CallerOf.Request(http),
            KeyId = SecretText.NewId('k'),
            SecretSha256 = SecretText.Sha256(secret),
            Role = body.Role,
            Label = body.Label,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new KeyringKey(tenant)).IssueAsync(request, CancellationToken.None), http.RequestAborted);
        // The id tells whether it is this request's key: a second try of ours may find that the first one had been carried out.
        return Answer.Made(http, reply, $"/tenants/{tenant}/keys", key => new IssuedKey
        {
            Key = key,
            Secret = key.KeyId == request.KeyId ? SecretText.FormatAccessKey(tenant, key.KeyId, secret) : null,
        });
    }

    private static async Task<Results<Ok<Page<AccessKeyView>>, ProblemHttpResult>> ListAsync(
        string tenant, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new KeyringKey(tenant)).ListAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, key => key.KeyId)) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Ok<AccessKeyView>, ProblemHttpResult>> RevokeAsync(string tenant, string key, HttpContext http, ClusterCalls cluster, KeyJudge judge)
    {
        var request = new RevokeAccessKey { Caller = CallerOf.Request(http), KeyId = key };
        var reply = await cluster.AskAsync(grains => grains.Get(new KeyringKey(tenant)).RevokeAsync(request, CancellationToken.None), http.RequestAborted);
        judge.Forget(tenant, key);
        return Answer.Of(http, reply);
    }
}
