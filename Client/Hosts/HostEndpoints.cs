using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Hosts;

/// <summary><c>/tenants/{tenant}/hosts</c>: machines with an agent.</summary>
internal static class HostEndpoints
{
    public static void MapHosts(this ApiGroups api)
    {
        var hosts = api.Tenant.MapGroup("/hosts").WithTags("Hosts");
        hosts.MapPost("/", InviteAsync).RequireAuthorization(Policies.Manager).Named("inviteHost", "Opens the enrolment of a machine; the code is shown this once");
        hosts.MapGet("/", ListAsync).RequireAuthorization(Policies.Reader).Named("listHosts", "Lists machines, by name");
        hosts.MapGet("/{host}", ReadAsync).RequireAuthorization(Policies.Reader).Named("readHost", "Reads a machine: enrolment, presence, open jobs");
    }

    private static async Task<Results<Created<InvitedHost>, Ok<InvitedHost>, ProblemHttpResult>> InviteAsync(string tenant, InviteHostBody body, HttpContext http, ClusterCalls cluster)
    {
        var secret = SecretText.NewSecret();
        var request = new InviteHost { Caller = CallerOf.Request(http), Vault = body.Vault, CodeSha256 = SecretText.Sha256(secret) };
        var reply = await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, body.Name)).InviteAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/hosts/{body.Name}", host => new InvitedHost
        {
            Host = host,
            Code = CallerOf.MadeBy(http, reply) ? EnrolmentCode.Format(tenant, body.Name, secret) : null,
        });
    }

    private static async Task<Results<Ok<Page<HostView>>, ProblemHttpResult>> ListAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, Lists lists) =>
        page.Fault() is { } fault ? fault : TypedResults.Ok(await lists.PageAsync<HostView>(ListingKind.Host, tenant, page, http.RequestAborted));

    private static async Task<Results<Ok<HostView>, ProblemHttpResult>> ReadAsync(string tenant, string host, HttpContext http, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
