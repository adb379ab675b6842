using BackupOnline.Grains.Jobs;
using BackupOnline.Grains.Schedules;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Queries;
using Npgsql;

[assembly: AssemblyFixture(typeof(GrainsFixture))]

namespace BackupOnline.Grains.Tests.Running;

/// <summary>
/// One cluster of two silos for the whole run, whose clock nobody moves; tests keep apart by names of their own. Clusters of a test's own live over a
/// second database: what falls due when such a clock is moved concerns every tenant that is there, such as the closing of a month.
/// </summary>
public sealed class GrainsFixture : IAsyncLifetime
{
    private TestDatabase? shared;
    private TestDatabase? apart;

    public NpgsqlDataSource Database => shared!.Source;

    /// <summary>As the owner of the schema: to do what the application may not.</summary>
    public NpgsqlDataSource Owner => shared!.Owner;

    /// <summary>The database of the clusters that <see cref="StartClusterAsync"/> starts.</summary>
    public NpgsqlDataSource Apart => apart!.Source;

    public GrainCluster Cluster { get; private set; } = null!;

    public AuditLogReader Log => Cluster.Log;

    public Listings Listings => Cluster.Listings;

    public async ValueTask InitializeAsync()
    {
        shared = await TestDatabase.StartAsync();
        apart = await TestDatabase.StartAsync();
        // Whoever shares it sees the same time of day, whenever the tests run.
        Cluster = await GrainCluster.StartAsync(Database, "shared", silos: 2, from: GrainCluster.Noon);
    }

    /// <summary>A cluster of the test's own, whose clock it may move.</summary>
    public Task<GrainCluster> StartClusterAsync(string serviceId, short silos, Action<JobOptions>? jobs = null, Action<ScheduleOptions>? schedules = null) =>
        GrainCluster.StartAsync(Apart, serviceId, silos, jobs, schedules);

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
        if (shared is not null) await shared.DisposeAsync();
        if (apart is not null) await apart.DisposeAsync();
    }
}
