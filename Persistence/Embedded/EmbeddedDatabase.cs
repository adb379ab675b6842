using System.Globalization;
using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Migrations;
using Npgsql;

namespace BackupOnline.Persistence.Embedded;

/// <summary>
/// The private PostgreSQL of a data folder (decision 13). Whoever joins first starts it, later ones adopt it, the last who leaves stops it; a member
/// that is killed leaves it running for the next. Starting and stopping happen under the folder's lock.
/// </summary>
public sealed class EmbeddedDatabase
{
    private const string Database = "backuponline";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly DataFolder _folder;
    private readonly MemberRegister _members;
    private readonly TimeProvider _time;
    private readonly ServiceAccount _account;
    private DatabaseSecrets _secrets;

    private EmbeddedDatabase(DataFolder folder, DatabaseSecrets secrets, ServiceAccount account, TimeProvider time)
    {
        _folder = folder;
        _secrets = secrets;
        _account = account;
        _time = time;
        _members = new(folder.Members);
    }

    /// <summary>How the application connects.</summary>
    public string ConnectionString => Text(Databases.ApplicationRole, _secrets.ApplicationPassword, Database);

    /// <summary>How the owner of the schema connects: for migration, and for tests.</summary>
    public string OwnerConnectionString => Text(PostgresServer.Owner, _secrets.OwnerPassword, Database);

    /// <summary>True when the server ran before this process joined.</summary>
    public bool WasRunning { get; private set; }

    /// <summary>The folder that holds the cluster: not always inside the data folder.</summary>
    public string Folder => _secrets.Folder;

    public int Port => _secrets.Port;

    /// <summary>Starts or adopts the server, brings the schema up to date, registers this process and publishes the connection under <c>run/</c>.</summary>
    /// <exception cref="DatabaseRefusedException">It cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedDatabase> JoinAsync(string dataFolder, TimeProvider time, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new DatabaseRefusedException("A private PostgreSQL is run on Linux only: set BACKUPONLINE_DB to a PostgreSQL connection string.");
        var folder = new DataFolder(dataFolder);
        using var held = await FolderLock.TakeAsync(folder.Lock, time, cancellation);
        var account = ServiceAccount.Choose();
        var secrets = DatabaseSecrets.Load(folder.Secrets);
        if (secrets is null)
        {
            secrets = DatabaseSecrets.Make(await ClusterPlace.MakeAsync(folder.Root, account));
            secrets.Save(folder.Secrets);
        }

        var database = new EmbeddedDatabase(folder, secrets, account, time);
        try
        {
            await database.RunAsync(mayMove: true, cancellation);
            await database.FurnishAsync(cancellation);
            await DatabaseMigrator.MigrateAsync(database.OwnerConnectionString, Databases.ApplicationRole, cancellation);
        }
        catch
        {
            await database.StopUnlessUsedAsync();
            throw;
        }

        database._members.Enter();
        PrivateFile.Write(folder.OwnerConnection, database.OwnerConnectionString);
        PrivateFile.Write(folder.Connection, database.ConnectionString);
        return database;
    }

    /// <summary>Starts the server again if it is gone, on the same port: pools of other processes then find it by themselves.</summary>
    /// <returns>True when it had to be started.</returns>
    public async Task<bool> EnsureRunningAsync(CancellationToken cancellation)
    {
        if (Server.RunningPort() is not null)
            return false;
        using var held = await FolderLock.TakeAsync(_folder.Lock, _time, cancellation);
        await RunAsync(mayMove: false, cancellation);
        return !WasRunning;
    }

    /// <summary>Leaves; the last member stops the server.</summary>
    /// <returns>True when the server was stopped.</returns>
    public async Task<bool> LeaveAsync(CancellationToken cancellation)
    {
        using var held = await FolderLock.TakeAsync(_folder.Lock, _time, cancellation);
        _members.Leave();
        return await StopUnlessUsedAsync();
    }

    private PostgresServer Server => new(_secrets, _account);

    private async Task<bool> StopUnlessUsedAsync()
    {
        if (_members.CountLiving() > 0)
            return false;
        File.Delete(_folder.Connection);
        File.Delete(_folder.OwnerConnection);
        if (Server.RunningPort() is not null)
            await Server.StopAsync();
        return true;
    }

    private async Task RunAsync(bool mayMove, CancellationToken cancellation)
    {
        await Server.MakeAsync();
        for (var tries = 3; ; tries--)
        {
            WasRunning = Server.RunningPort() is not null;
            if (WasRunning)
                break;
            if (mayMove && !FreePort.IsFree(_secrets.Port))
            {
                _secrets = _secrets with { Port = FreePort.Choose() };
                _secrets.Save(_folder.Secrets);
            }

            try
            {
                await Server.StartAsync();
                break;
            }
            catch (DatabaseRefusedException) when (tries > 1)
            {
                // A starter that was killed may have left a start under way, or the port was taken in between: look again.
                await Task.Delay(TimeSpan.FromSeconds(1), _time, cancellation);
            }
        }

        await AwaitAnswerAsync(cancellation);
    }

    // An adopted server may be starting, or recovering after a power cut.
    private async Task AwaitAnswerAsync(CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await ExecuteAsync("select 1", cancellation);
                return;
            }
            catch (NpgsqlException notYet) when (notYet.IsTransient || notYet.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                if (_time.GetElapsedTime(started) > StartPatience)
                    throw new DatabaseRefusedException($"The private PostgreSQL in {Folder} does not answer on port {Port}: see the folder log there.", notYet);
                await Task.Delay(TimeSpan.FromMilliseconds(200), _time, cancellation);
            }
        }
    }

    private async Task FurnishAsync(CancellationToken cancellation)
    {
        if (!await ExistsAsync($"select from pg_roles where rolname = '{Databases.ApplicationRole}'", cancellation))
        {
            // A statement that fails would stand in the server's log, password and all.
            await ExecuteAsync(
                $"set log_min_error_statement = panic; create role {Databases.ApplicationRole} login password '{_secrets.ApplicationPassword}'", cancellation);
        }

        if (!await ExistsAsync($"select from pg_database where datname = '{Database}'", cancellation))
            await ExecuteAsync($"create database {Database} encoding 'UTF8' template template0", cancellation);
    }

    private async Task<bool> ExistsAsync(string query, CancellationToken cancellation) => (bool)(await ExecuteAsync($"select exists ({query})", cancellation))!;

    private async Task<object?> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        var text = new NpgsqlConnectionStringBuilder(Text(PostgresServer.Owner, _secrets.OwnerPassword, "postgres")) { Pooling = false, Timeout = 5 };
        await using var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private string Text(string user, string password, string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username={user};Password={password};Database={database};Search Path={Databases.Schema}";
}
