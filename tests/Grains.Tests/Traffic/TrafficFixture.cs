using BackupOnline.Grains.Tests.Running;
using Npgsql;

namespace BackupOnline.Grains.Tests.Traffic;

/// <summary>A database of its own: these tests live through months, and closing one concerns every tenant that is there.</summary>
public sealed class TrafficFixture : IAsyncLifetime
{
    private TestDatabase? database;

    public NpgsqlDataSource Database => database!.Source;

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync();

    public Task<GrainCluster> StartAsync(short silos = 1) => GrainCluster.StartAsync(Database, World.Name("s"), silos);

    public async ValueTask DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
    }
}
