using BackupOnline.Grains.Jobs;
using BackupOnline.Grains.Schedules;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Queries;
using Npgsql;

[assembly: AssemblyFixture(typeof(GrainsFixture))]

namespace BackupOnline.Grains.Tests.Running;

/// <summary>One private PostgreSQL and one cluster of two silos for the whole run; tests keep apart by names of their own.</summary>
public sealed class GrainsFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("backuponline-grains-").FullName;
    private EmbeddedDatabase? embedded;

    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>As the owner of the schema: to do what the application may not.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public GrainCluster Cluster { get; private set; } = null!;

    public AuditLogReader Log => new(Database);

    public Listings Listings => new(Database);

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            // The unprivileged user that runs PostgreSQL must get through.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        embedded = await EmbeddedDatabase.JoinAsync(folder, TimeProvider.System, CancellationToken.None);
        Database = Databases.CreateDataSource(embedded.ConnectionString);
        Owner = Databases.CreateDataSource(embedded.OwnerConnectionString);
        Cluster = await StartClusterAsync("shared", silos: 2);
    }

    public Task<GrainCluster> StartClusterAsync(string serviceId, short silos, Action<JobOptions>? jobs = null, Action<ScheduleOptions>? schedules = null) =>
        GrainCluster.StartAsync(Database, serviceId, silos, jobs, schedules);

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
        if (Owner is not null) await Owner.DisposeAsync();
        if (embedded is not null) await embedded.LeaveAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }
}
