using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using BackupOnline.Persistence.Migrations;
using BackupOnline.Silo.Settings;
using Npgsql;

namespace BackupOnline.Silo.Database;

/// <summary>The database of this process, from its start to its end: the private one, or the one that the settings name.</summary>
internal sealed class DatabaseSession : IAsyncDisposable
{
    private DatabaseSession(NpgsqlDataSource source, ClusterIdentity identity, string description, EmbeddedDatabase? embedded) =>
        (Source, Identity, Description, Embedded) = (source, identity, description, embedded);

    public NpgsqlDataSource Source { get; }

    public ClusterIdentity Identity { get; }

    /// <summary>Where the database is, for a person; no secret.</summary>
    public string Description { get; }

    /// <summary>Null when the settings name a database.</summary>
    public EmbeddedDatabase? Embedded { get; }

    public static async Task<DatabaseSession> OpenAsync(SiloSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        if (settings.Database is { } external)
        {
            var owner = settings.DatabaseOwner ?? external;
            var login = new NpgsqlConnectionStringBuilder(external);
            await DatabaseMigrator.MigrateAsync(owner, login.Username, cancellation);
            return await OpenAsync(Databases.AsApplication(external), $"PostgreSQL on {login.Host}, database {login.Database}", null, cancellation);
        }

        var embedded = await EmbeddedDatabase.JoinAsync(settings.DataFolder, time, cancellation);
        var how = embedded.WasRunning ? "joined" : "started";
        try
        {
            return await OpenAsync(embedded.ConnectionString, $"private PostgreSQL in {embedded.Folder} on 127.0.0.1:{embedded.Port} ({how})", embedded, cancellation);
        }
        catch
        {
            await embedded.LeaveAsync(CancellationToken.None);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (Embedded is not null)
            await Embedded.LeaveAsync(CancellationToken.None);
    }

    private static async Task<DatabaseSession> OpenAsync(string connection, string description, EmbeddedDatabase? embedded, CancellationToken cancellation)
    {
        var source = Databases.CreateDataSource(connection);
        try
        {
            return new(source, await ClusterIdentity.ReadAsync(source, cancellation), description, embedded);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }
}
