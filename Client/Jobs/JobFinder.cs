using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Client.Jobs;

/// <summary>Finds the job that a visitor may see. A tenant's key looks among its own only, so that it never learns of others.</summary>
internal sealed class JobFinder(ClusterCalls cluster, Listings listings)
{
    /// <summary>The job's tenant for a path that names none, or null.</summary>
    public async Task<string?> TenantOfAsync(Visitor visitor, string job, CancellationToken cancellation)
    {
        if (!RouteName.IsJobId(job))
            return null;
        return visitor.IsOperator ? (await listings.FindByNameAsync(ListingKind.Job, job, cancellation))?.Scope : visitor.Scope;
    }

    /// <summary>The job, or null when there is none or it is another host's.</summary>
    public async Task<Reply<JobView>?> FindAsync(Visitor visitor, string tenant, string job, CancellationToken cancellation)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new JobKey(tenant, job)).ReadAsync(CancellationToken.None), cancellation);
        var hidden = reply.Refusal?.Kind == RefusalKind.NotFound || (reply.Value is { } view && visitor.Host is { } host && view.Host != host);
        return hidden ? null : reply;
    }
}
