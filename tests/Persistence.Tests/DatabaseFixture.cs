using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using BackupOnline.Persistence.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace BackupOnline.Persistence.Tests;

/// <summary>One private PostgreSQL for the whole run; tests keep apart by names of their own.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedDatabase? _embedded;

    /// <summary>As the application connects.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>As the owner of the schema connects.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public string OwnerConnectionString => _embedded!.OwnerConnectionString;

    public async ValueTask InitializeAsync()
    {
        _embedded = await EmbeddedDatabase.JoinAsync(_folder.Path, TimeProvider.System, CancellationToken.None);
        Database = Databases.CreateDataSource(_embedded.ConnectionString);
        Owner = Databases.CreateDataSource(_embedded.OwnerConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (Database is null)
            return;
        await Database.DisposeAsync();
        await Owner.DisposeAsync();
        if (_embedded is not null)
            await _embedded.LeaveAsync(CancellationToken.None);
        _folder.Dispose();
    }

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..24];
}
