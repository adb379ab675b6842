using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Vaults;

/// <summary><c>/tenants/{tenant}/vaults/{vault}/credentials</c>: what restic and agents show to the shelf.</summary>
internal static class CredentialEndpoints
{
    public static void MapCredentials(this ApiGroups api)
    {
        var credentials = api.Tenant.MapGroup("/vaults/{vault}/credentials").WithTags("Credentials");
        credentials.MapPost("/", IssueAsync).RequireAuthorization(Policies.Manager).Named("issueCredential", "Makes a credential for a vault; its secret is shown this once");
        credentials.MapGet("/", ListAsync).RequireAuthorization(Policies.Manager).Named("listCredentials", "Lists credentials, revoked ones too, without their secrets");
        credentials.MapDelete("/{credential}", RevokeAsync).RequireAuthorization(Policies.Manager).Named("revokeCredential", "Revokes a credential at once");
    }

    private static async Task<Results<Created<IssuedCredential>, Ok<IssuedCredential>, ProblemHttpResult>> IssueAsync(
        string tenant, string vault, IssueCredentialBody body, HttpContext http, ClusterCalls cluster)
    {
        var key = new VaultKey(tenant, vault);
        var read = await cluster.AskAsync(grains => grains.Get(key).ReadAsync(CancellationToken.None), http.RequestAborted);
        if (!read.Succeeded)
            return Problem.From(read.Refusal);
        var secret = SecretText.NewSecret();
        var request = new IssueCredential
        {
            Caller = CallerOf.Request(http),
            KeyId = SecretText.NewId('c'),
            SecretSha256 = SecretText.Sha256(secret),
            Scope = body.Scope,
            Label = body.Label,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(key).IssueCredentialAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/vaults/{vault}/credentials", view =>
            IssuedCredential.Of(view, view.KeyId == request.KeyId ? secret : null, read.Value.Url));
    }

    private static async Task<Results<Ok<Page<CredentialView>>, ProblemHttpResult>> ListAsync(
        string tenant, string vault, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).CredentialsAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, credential => credential.KeyId)) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> RevokeAsync(string tenant, string vault, string credential, HttpContext http, ClusterCalls cluster)
    {
        var request = new RevokeCredential { Caller = CallerOf.Request(http), KeyId = credential };
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).RevokeCredentialAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
