using BackupOnline.Persistence.Queries;
using Npgsql;
using Prometheus;

namespace BackupOnline.Client.Monitoring;

/// <summary>The service as the provider watches it: vaults, runs and nodes, read from the database at each scrape. Made anew each time, so that what is gone is gone here too.</summary>
internal sealed class ServiceMeters(ServiceFigures figures, TimeProvider time)
{
    /// <summary>A node tells of itself every 30 s; three times unheard, it counts as down.</summary>
    public static readonly TimeSpan NodeSilence = TimeSpan.FromSeconds(100);

    public async Task<CollectorRegistry> ReadAsync(CancellationToken cancellation)
    {
        var registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(registry);
        var up = factory.CreateGauge("backuponline_database_up", "1 when the door can read its database.");
        try
        {
            var (vaults, jobs, nodes) = (await figures.VaultsAsync(cancellation), await figures.JobsAsync(cancellation), await figures.NodesAsync(cancellation));
            AddVaults(factory, vaults);
            AddJobs(factory, jobs);
            AddNodes(factory, nodes);
            up.Set(1);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            // Told by the 0: a monitor has to learn that from here, and the rest of the page is still worth having.
        }
        return registry;
    }

    private static void AddVaults(MetricFactory factory, IReadOnlyList<VaultFigures> vaults)
    {
        string[] labels = ["tenant", "vault", "node"];
        var stored = factory.CreateGauge("backuponline_vault_stored_bytes", "Bytes of the vault's visible objects.", labels);
        var quota = factory.CreateGauge("backuponline_vault_quota_bytes", "The vault's quota; absent when it has none.", labels);
        var snapshots = factory.CreateCounter("backuponline_vault_snapshots_total", "Snapshots that have ever arrived.", labels);
        var latest = factory.CreateGauge("backuponline_backup_last_success_timestamp_seconds", "When the newest snapshot arrived, by the shelf's clock; absent before the first.", labels);
        foreach (var vault in vaults)
        {
            string[] values = [vault.Tenant, vault.Vault, vault.Node];
            stored.WithLabels(values).Set(vault.StoredBytes);
            snapshots.WithLabels(values).IncTo(vault.SnapshotsArrived);
            if (vault.QuotaBytes is { } bytes)
                quota.WithLabels(values).Set(bytes);
            if (vault.LastSnapshotAt is { } at)
                latest.WithLabels(values).Set(at.ToUnixTimeMilliseconds() / 1000.0);
        }
    }

    private static void AddJobs(MetricFactory factory, IReadOnlyList<JobFigures> jobs)
    {
        var ended = factory.CreateCounter("backuponline_jobs_total", "Runs that ended, by kind and result.", "kind", "result");
        var open = factory.CreateGauge("backuponline_jobs_open", "Runs that have not ended, by kind and status.", "kind", "status");
        foreach (var job in jobs)
        {
            if (job.Status is "running" or "interrupted")
                open.WithLabels(job.Kind, job.Status).Set(job.Count);
            else
                ended.WithLabels(job.Kind, job.Status).IncTo(job.Count);
        }
    }

    private void AddNodes(MetricFactory factory, IReadOnlyList<NodeFigures> nodes)
    {
        var up = factory.CreateGauge("backuponline_node_up", "1 when the storage node told of itself within the last 100 seconds.", "node");
        var seen = factory.CreateGauge("backuponline_node_last_seen_timestamp_seconds", "When the storage node last told of itself.", "node");
        var capacity = factory.CreateGauge("backuponline_node_capacity_bytes", "Size of the shelf's file system.", "node");
        var free = factory.CreateGauge("backuponline_node_free_bytes", "Bytes of it that uploads may still take.", "node");
        foreach (var node in nodes)
        {
            up.WithLabels(node.Node).Set(time.GetUtcNow() - node.LastSeenAt < NodeSilence ? 1 : 0);
            seen.WithLabels(node.Node).Set(node.LastSeenAt.ToUnixTimeMilliseconds() / 1000.0);
            capacity.WithLabels(node.Node).Set(node.CapacityBytes);
            free.WithLabels(node.Node).Set(node.FreeBytes);
        }
    }
}
