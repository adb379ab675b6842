using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Migrations;
using Npgsql;

namespace BackupOnline.Persistence.Tests.Migrations;

/// <summary>A database that the settings name, with roles of its own: not the private one.</summary>
public sealed class DatabaseMigratorTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private readonly string _name = $"m{Guid.NewGuid():N}"[..20];

    public async ValueTask InitializeAsync()
    {
        await OwnerAsync($"create database {_name} encoding 'UTF8' template template0");
        await OwnerAsync($"create role {_name} login password 'secret'");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await OwnerAsync($"drop database {_name} with (force)");
        await OwnerAsync($"drop role {_name}");
    }

    [Fact]
    public async Task Eight_at_once_migrate_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MigrateAsync(AsOwner()))));

        await using var database = NpgsqlDataSource.Create(AsOwner());
        await using var command = database.CreateCommand("select count(*) = count(distinct scriptname) and count(*) >= 7 from backuponline.migration");
        Assert.True((bool)(await command.ExecuteScalarAsync())!);
    }

    [Fact]
    public async Task A_plain_login_works_in_the_applications_role_for_as_long_as_its_pool_lives()
    {
        await MigrateAsync(AsOwner());
        await using var database = Databases.CreateDataSource(Databases.AsApplication(AsLogin()));

        // Returned to the pool in between.
        for (var i = 0; i < 5; i++)
        {
            await using var command = database.CreateCommand("select current_user::text");
            Assert.Equal(Databases.ApplicationRole, await command.ExecuteScalarAsync());
        }

        Assert.StartsWith("service-", (await ClusterIdentity.ReadAsync(database, CancellationToken.None)).ServiceId, StringComparison.Ordinal);
        await using var update = database.CreateCommand("update audit_entry set event = 'x'");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => update.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task One_login_that_owns_the_database_is_enough_once_it_holds_the_role()
    {
        await OwnerAsync($"alter database {_name} owner to {_name}");
        await OwnerAsync($"grant {Databases.ApplicationRole} to {_name}");

        await MigrateAsync(AsLogin());

        await using var database = Databases.CreateDataSource(Databases.AsApplication(AsLogin()));
        await using var command = database.CreateCommand("delete from audit_entry");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task A_login_that_may_not_grant_the_role_is_told_what_an_administrator_has_to_run()
    {
        await OwnerAsync($"alter database {_name} owner to {_name}");

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => MigrateAsync(AsLogin()));

        Assert.Contains($"GRANT backuponline_app TO \"{_name}\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        await OwnerAsync($"drop database {_name}");
        await OwnerAsync($"create database {_name} encoding 'SQL_ASCII' locale 'C' template template0");

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => MigrateAsync(AsOwner()));

        Assert.Contains("UTF8", refused.Message, StringComparison.Ordinal);
    }

    private Task MigrateAsync(string owner) => DatabaseMigrator.MigrateAsync(owner, _name, CancellationToken.None);

    private string AsOwner() => new NpgsqlConnectionStringBuilder(fixture.OwnerConnectionString) { Database = _name, Pooling = false }.ConnectionString;

    private string AsLogin() =>
        new NpgsqlConnectionStringBuilder(fixture.OwnerConnectionString) { Database = _name, Username = _name, Password = "secret" }.ConnectionString;

    private async Task OwnerAsync(string sql)
    {
        await using var command = fixture.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
