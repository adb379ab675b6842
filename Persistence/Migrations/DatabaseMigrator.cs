using System.Globalization;
using System.Reflection;
using BackupOnline.Persistence.Connections;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace BackupOnline.Persistence.Migrations;

/// <summary>Brings the database to this version's schema, with the owner's connection. Safe when several silos start at once: one works, the others wait.</summary>
public static class DatabaseMigrator
{
    // Any number will do, as long as nobody else's advisory lock in the same database has it.
    private const long LockKey = 0x626B_6F6E_6C69_6E65;

    private const int OldestServer = 150_000;

    /// <summary>Applies what is missing. <paramref name="applicationLogin"/> is who the application logs in as: it may then act in the application's role.</summary>
    public static async Task MigrateAsync(string ownerConnectionString, string? applicationLogin, CancellationToken cancellation)
    {
        var text = new NpgsqlConnectionStringBuilder(ownerConnectionString) { SearchPath = Databases.Schema, Pooling = false, CommandTimeout = 300 };
        await using var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync(cancellation);
        await RequireFitServerAsync(connection, cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey.ToString(CultureInfo.InvariantCulture)})", cancellation);
        await ApplicationRole.EnsureAsync(connection, applicationLogin, cancellation);
        await ExecuteAsync(
            connection,
            $"create schema if not exists {Databases.Schema}; grant usage on schema {Databases.Schema} to {Databases.ApplicationRole}",
            cancellation);
        Upgrade(text.ConnectionString);
    }

    private static void Upgrade(string connectionString)
    {
        var result = DeployChanges.To.PostgresqlDatabase(connectionString, Databases.Schema)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly())
            .JournalToPostgresqlTable(Databases.Schema, "migration")
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .WithExecutionTimeout(TimeSpan.FromMinutes(30))
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new DatabaseRefusedException(
                $"The database could not be brought to this version: script {result.ErrorScript?.Name ?? "(none)"} failed with '{result.Error.Message}'.", result.Error);
        }
    }

    private static async Task RequireFitServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select current_setting('server_version_num')::int, current_setting('server_encoding')", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt32(0) < OldestServer)
            throw new DatabaseRefusedException($"PostgreSQL {connection.PostgreSqlVersion} is too old: use version 15 or later.");
        if (reader.GetString(1) != "UTF8")
            throw new DatabaseRefusedException($"The database's encoding is {reader.GetString(1)}: create it with encoding UTF8.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
