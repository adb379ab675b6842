using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using Npgsql;

namespace BackupOnline.Grains.Tests.Running;

/// <summary>A private PostgreSQL in a folder of its own, gone with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string folder;
    private readonly EmbeddedDatabase embedded;

    private TestDatabase(string folder, EmbeddedDatabase embedded)
    {
        (this.folder, this.embedded) = (folder, embedded);
        Source = Databases.CreateDataSource(embedded.ConnectionString);
        Owner = Databases.CreateDataSource(embedded.OwnerConnectionString);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>As the owner of the schema: to do what the application may not.</summary>
    public NpgsqlDataSource Owner { get; }

    public static async Task<TestDatabase> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("backuponline-grains-").FullName;
        if (OperatingSystem.IsLinux())
        {
            // The unprivileged user that runs PostgreSQL must get through.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        return new(folder, await EmbeddedDatabase.JoinAsync(folder, TimeProvider.System, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Owner.DisposeAsync();
        await embedded.LeaveAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }
}
