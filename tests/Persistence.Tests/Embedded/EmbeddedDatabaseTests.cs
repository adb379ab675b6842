using System.Diagnostics;
using BackupOnline.Persistence.Connections;
using BackupOnline.Persistence.Embedded;
using Npgsql;

namespace BackupOnline.Persistence.Tests.Embedded;

public sealed class EmbeddedDatabaseTests : IDisposable
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private readonly TemporaryFolder _data = new();
    private EmbeddedDatabase? _database;

    private string Run => Path.Combine(_data.Path, "run");

    [Fact]
    public async Task The_first_member_starts_it_and_the_last_one_stops_it()
    {
        _database = await JoinAsync();

        Assert.False(_database.WasRunning);
        Assert.Equal("1", await ScalarAsync("select count(*)::text from cluster_identity"));
        Assert.True(await _database.LeaveAsync(CancellationToken.None));
        Assert.Null(ServerPid());
        Assert.False(File.Exists(Path.Combine(Run, "database")));
    }

    [Fact]
    public async Task A_restart_keeps_what_was_written_and_the_port()
    {
        _database = await JoinAsync();
        await ScalarAsync("insert into orleans_state values ('s', 't', 0, 0, '', 1, null)");
        var port = _database.Port;
        await _database.LeaveAsync(CancellationToken.None);

        _database = await JoinAsync();

        Assert.False(_database.WasRunning);
        Assert.Equal(port, _database.Port);
        Assert.Equal("1", await ScalarAsync("select count(*)::text from orleans_state"));
    }

    [Fact]
    public async Task Two_starters_at_once_share_one_server()
    {
        var both = await Task.WhenAll(JoinAsync(), JoinAsync());

        _database = both[0];
        Assert.Single(both, d => !d.WasRunning);
        Assert.Single(both, d => d.WasRunning);
        Assert.Equal(both[0].ConnectionString, both[1].ConnectionString);
    }

    [Fact]
    public async Task A_living_member_keeps_it_running_and_a_killed_one_does_not()
    {
        _database = await JoinAsync();
        using var other = Process.Start("sleep", "600");
        try
        {
            Register(other.Id, ProcessIdentity.Read(other.Id)!);
            Assert.False(await _database.LeaveAsync(CancellationToken.None));
            Assert.NotNull(ServerPid());
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync();
        }

        _database = await JoinAsync();
        Assert.True(_database.WasRunning);
        Assert.True(await _database.LeaveAsync(CancellationToken.None));
        Assert.Null(ServerPid());
    }

    [Fact]
    public async Task A_pid_that_belongs_to_another_process_by_now_is_no_member()
    {
        _database = await JoinAsync();
        Register(1, ProcessIdentity.Read(1)! with { StartTicks = "1234567" });

        Assert.True(await _database.LeaveAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_pid_file_left_by_a_power_cut_does_not_stop_the_next_start()
    {
        _database = await JoinAsync();
        await _database.LeaveAsync(CancellationToken.None);
        var file = Path.Combine(_database.Folder, "cluster", "postmaster.pid");

        // A living process of someone else has the pid by now.
        await File.WriteAllTextAsync(file, $"{Environment.ProcessId}\n{_database.Folder}/cluster\n1700000000\n{_database.Port}\n\n127.0.0.1\n  1234567         5\nready\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        _database = await JoinAsync();
        Assert.False(_database.WasRunning);
        Assert.Equal("1", await ScalarAsync("select 1::text"));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_on_the_same_port()
    {
        _database = await JoinAsync();
        using (var server = Process.GetProcessById(ServerPid()!.Value))
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        Assert.True(await _database.EnsureRunningAsync(CancellationToken.None));
        Assert.Equal("1", await ScalarAsync("select 1::text"));
        Assert.False(await _database.EnsureRunningAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Half_a_cluster_is_made_anew()
    {
        _database = await JoinAsync();
        await _database.LeaveAsync(CancellationToken.None);
        var cluster = Path.Combine(_database.Folder, "cluster");
        Directory.Move(cluster, cluster + ".new");
        File.Delete(Path.Combine(cluster + ".new", "PG_VERSION"));

        _database = await JoinAsync();
        Assert.Equal("1", await ScalarAsync("select count(*)::text from cluster_identity"));
    }

    [Fact]
    public async Task Secrets_and_connections_are_for_their_owner_only()
    {
        _database = await JoinAsync();

        foreach (var file in (string[])["run/database", "run/database-owner", "database.json"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data.Path, file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Run));
    }

    [Fact]
    public async Task It_wants_a_password_listens_on_loopback_and_syncs()
    {
        _database = await JoinAsync();
        var wrong = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal("127.0.0.1", await ScalarAsync("select current_setting('listen_addresses')"));
        Assert.Equal("on", await ScalarAsync("select current_setting('fsync')"));
        Assert.Equal("on", await ScalarAsync("select current_setting('data_checksums')"));
    }

    [Fact]
    public async Task It_has_a_session_of_its_own_so_that_a_terminals_interrupt_passes_it_by()
    {
        _database = await JoinAsync();
        var stat = await File.ReadAllTextAsync($"/proc/{ServerPid()}/stat");

        // After the name and the state come parent, process group and session.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        Assert.Equal($"{ServerPid()}", fields[3]);
    }

    [Fact]
    public async Task The_door_finds_it_by_the_data_folder_and_is_told_when_there_is_none()
    {
        var absent = await Assert.ThrowsAsync<DatabaseRefusedException>(
            () => DatabaseLocator.WaitAsync(_data.Path, TimeSpan.FromMilliseconds(300), Time, CancellationToken.None));
        Assert.Contains("BACKUPONLINE_DB", absent.Message, StringComparison.Ordinal);

        var waiting = DatabaseLocator.WaitAsync(_data.Path, TimeSpan.FromSeconds(60), Time, CancellationToken.None);
        _database = await JoinAsync();
        Assert.Equal(_database.ConnectionString, await waiting);
    }

    [Fact]
    public async Task A_data_folder_that_the_servers_user_cannot_reach_puts_the_cluster_in_the_systems_state_folder()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root drops to another user.");
        var hidden = Path.Combine(_data.Path, "hidden");
        Directory.CreateDirectory(hidden, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _database = await EmbeddedDatabase.JoinAsync(Path.Combine(hidden, "data"), Time, CancellationToken.None);
        try
        {
            Assert.StartsWith("/var/lib/backuponline/", _database.Folder, StringComparison.Ordinal);
            Assert.Equal("1", await ScalarAsync("select 1::text"));
        }
        finally
        {
            await _database.LeaveAsync(CancellationToken.None);
            Directory.Delete(_database.Folder, recursive: true);
            _database = null;
        }
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        _database?.LeaveAsync(CancellationToken.None).GetAwaiter().GetResult();
        _data.Dispose();
    }

    private Task<EmbeddedDatabase> JoinAsync() => EmbeddedDatabase.JoinAsync(_data.Path, Time, CancellationToken.None);

    private int? ServerPid()
    {
        var file = Path.Combine(_data.Path, "postgres", "cluster", "postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private void Register(int pid, ProcessIdentity identity) =>
        File.WriteAllText(Path.Combine(Run, "members", $"{pid}"), identity.ToString());

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var source = Databases.CreateDataSource(_database!.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
