using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using Npgsql;

namespace BackupOnline.Schedule.Running;

/// <summary>One private PostgreSQL, set up as the product's, with a database for each of the others.</summary>
public sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string folder;
    private readonly EmbeddedDatabase embedded;

    private BenchDatabase(string folder, EmbeddedDatabase embedded)
    {
        (this.folder, this.embedded) = (folder, embedded);
        Ours = Databases.CreateDataSource(embedded.ConnectionString);
        Owner = NpgsqlDataSource.Create(Slow(embedded.OwnerConnectionString).ConnectionString);
    }

    /// <summary>As the product's application connects.</summary>
    public NpgsqlDataSource Ours { get; }

    public NpgsqlDataSource Owner { get; }

    public static async Task<BenchDatabase> StartAsync(TimeProvider clock)
    {
        var folder = Directory.CreateTempSubdirectory("backuponline-schedule-").FullName;

        // The unprivileged user that runs PostgreSQL must get through.
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return new(folder, await EmbeddedDatabase.JoinAsync(folder, clock, CancellationToken.None));
    }

    /// <summary>A new database of the same server; its connection string has room for <paramref name="connections"/>.</summary>
    public async Task<string> MakeAsync(string name, int connections)
    {
        await Owner.CreateCommand($"create database {name}").ExecuteNonQueryAsync();
        var text = Slow(embedded.OwnerConnectionString);
        (text.Database, text.SearchPath, text.MaxPoolSize, text.MaxAutoPrepare, text.AutoPrepareMinUsages) = (name, null, connections, 64, 2);
        return text.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Owner.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await embedded.LeaveAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    private static NpgsqlConnectionStringBuilder Slow(string text) => new(text) { CommandTimeout = 300 };
}
