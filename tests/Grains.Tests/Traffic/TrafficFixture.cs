using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using Npgsql;

namespace BackupOnline.Grains.Tests.Traffic;

/// <summary>A database of its own: these tests live through months, and closing one concerns every tenant that is there.</summary>
public sealed class TrafficFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("backuponline-traffic-").FullName;
    private EmbeddedDatabase? embedded;

    public NpgsqlDataSource Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            // The unprivileged user that runs PostgreSQL must get through.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        embedded = await EmbeddedDatabase.JoinAsync(folder, TimeProvider.System, CancellationToken.None);
        Database = Databases.CreateDataSource(embedded.ConnectionString);
    }

    public Task<GrainCluster> StartAsync(short silos = 1) => GrainCluster.StartAsync(Database, World.Name("s"), silos);

    public async ValueTask DisposeAsync()
    {
        if (Database is not null) await Database.DisposeAsync();
        if (embedded is not null) await embedded.LeaveAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }
}
