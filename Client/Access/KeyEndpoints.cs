using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Access;

/// <summary><c>/tenants/{tenant}/keys</c>: what programs of a customer come in with; <c>/keys</c>: the provider's own, one for each person or program.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this ApiGroups api)
    {
        var keys = api.Tenant.MapGroup("/keys").WithTags("Keys");
        keys.MapPost("/", IssueAsync).RequireAuthorization(Policies.Manager).Named("issueKey", "Makes a key for a program; its secret is shown this once");
        keys.MapGet("/", ListAsync).RequireAuthorization(Policies.Manager).Named("listKeys", "Lists keys, revoked ones too, without their secrets");
        keys.MapDelete("/{key}", RevokeAsync).RequireAuthorization(Policies.Manager).Named("revokeKey", "Revokes a key; every door knows within 10 seconds");

        var own = api.Root.MapGroup("/keys").WithTags("Keys").RequireAuthorization(Policies.Operator);
        own.MapPost("/", (IssueKeyBody body, HttpContext http, ClusterCalls cluster) => IssueInAsync(KeyringKey.Operators, "/keys", body, http, cluster))
            .Named("issueOperatorKey", "Makes an operator's key, one for each person: its secret is shown this once");
        own.MapGet("/", ([AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster) => ListAsync(KeyringKey.Operators, page, http, cluster))
            .Named("listOperatorKeys", "Lists the operators' keys, revoked ones too, without their secrets");
        own.MapDelete("/{key}", (string key, HttpContext http, ClusterCalls cluster, KeyJudge judge) => RevokeAsync(KeyringKey.Operators, key, http, cluster, judge))
            .Named("revokeOperatorKey", "Revokes an operator's key, but never the last one; every door knows within 10 seconds");
    }

    private static async Task<Results<Created<IssuedKey>, Ok<IssuedKey>, ProblemHttpResult>> IssueAsync(string tenant, IssueKeyBody body, HttpContext http, ClusterCalls cluster) =>
        body.Role == AccessRole.Operator
            ? Problem.Invalid([new("role", "must be one of: reader, manager. Operators' keys are the provider's: /keys.")])
            : await IssueInAsync(tenant, $"/tenants/{tenant}/keys", body, http, cluster);

    private static async Task<Results<Created<IssuedKey>, Ok<IssuedKey>, ProblemHttpResult>> IssueInAsync(
        string scope, string location, IssueKeyBody body, HttpContext http, ClusterCalls cluster)
    {
        var secret = SecretText.NewSecret();
        var request = new IssueAccessKey
        {
            Caller = CallerOf.Request(http),
            KeyId = SecretText.NewId('k'),
            SecretSha256 = SecretText.Sha256(secret),
            Role = body.Role,
            Label = body.Label,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new KeyringKey(scope)).IssueAsync(request, CancellationToken.None), http.RequestAborted);
        // The id tells whether it is this request's key: a second try of ours may find that the first one had been carried out.
        return Answer.Made(http, reply, location, key => new IssuedKey
        {
            Key = key,
            Secret = key.KeyId == request.KeyId ? SecretText.FormatAccessKey(scope, key.KeyId, secret) : null,
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
