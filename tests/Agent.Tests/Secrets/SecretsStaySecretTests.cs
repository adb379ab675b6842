using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Secrets;

public sealed class SecretsStaySecretTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Machine _machine = new Machine().With("BACKUPONLINE_RETRY_FOR", "0");

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_password_in_the_address_on_the_command_line_is_refused_with_advice()
    {
        var ended = (await _machine.RunAsync("snapshots", "-r", "rest:https://key:TopSecret@shelf.example.com/acme/main/")).ShouldEndWith(1).ShouldSay("BACKUPONLINE_REPOSITORY", "enroll");
        Assert.DoesNotContain("TopSecret", ended.Output + ended.Error);
    }

    [Fact]
    public async Task Neither_arguments_nor_output_of_a_running_backup_hold_a_secret()
    {
        await using var shelf = new TinyShelf();
        _machine.WithSource().With("BACKUPONLINE_PASSWORD", Machine.Password).With("BACKUPONLINE_REPOSITORY", shelf.AddressWithSecret);
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        using var reached = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        shelf.Refusal = asked =>
        {
            if (!asked.Path.Contains("/data/", StringComparison.Ordinal))
                return null;
            reached.Set();
            release.Wait(Patience);
            return null;
        };
        await using var running = _machine.Start(Machine.Program, ["backup", "-vv", _machine.Source]);
        await Until.TrueAsync(() => reached.IsSet, Patience);
        var seen = File.ReadAllText($"/proc/{running.Id}/cmdline") + File.ReadAllText($"/proc/{running.Id}/comm");
        Assert.Contains("backup", seen);
        Assert.DoesNotContain(TinyShelf.Secret, seen);
        Assert.DoesNotContain(Machine.Password, seen);
        release.Set();
        var ended = (await running.EndAsync(Patience)).ShouldEndWith(0);
        Assert.DoesNotContain(TinyShelf.Secret, ended.Output + ended.Error);
    }

    [Fact]
    public async Task Even_the_debug_output_of_a_failure_holds_no_secret()
    {
        _machine.With("BACKUPONLINE_DEBUG", "1").With("BACKUPONLINE_PASSWORD", Machine.Password)
            .With("BACKUPONLINE_REPOSITORY", $"rest:http://k1:{TinyShelf.Secret}@127.0.0.1:{TinyServer.FreePort()}/acme/main/");
        var ended = await _machine.RunAsync("snapshots");
        Assert.Equal(24, ended.ExitCode);
        Assert.Contains("RepositoryException", ended.Error);
        Assert.DoesNotContain(TinyShelf.Secret, ended.Error);
        Assert.DoesNotContain(Machine.Password, ended.Error);
    }

    [Theory]
    [InlineData("RESTIC_PASSWORD")]
    [InlineData("RESTIC_PASSWORD_FILE")]
    [InlineData("RESTIC_PASSWORD_COMMAND")]
    [InlineData("BACKUPONLINE_PASSWORD_COMMAND")]
    [InlineData("--password-file")]
    [InlineData("-p")]
    [InlineData("--password-command")]
    public async Task A_password_comes_from_where_restic_takes_it(string way)
    {
        var file = _machine.Write("secret file", Machine.Password + "\n");
        _machine.With("RESTIC_REPOSITORY", _machine.Repository);
        string[] flags = [];
        if (way.StartsWith('-'))
            flags = [way, way.EndsWith("command", StringComparison.Ordinal) ? $"cat '{file}'" : file];
        else
            _machine.With(way, way.EndsWith("FILE", StringComparison.Ordinal) ? file : way.EndsWith("COMMAND", StringComparison.Ordinal) ? $"cat '{file}'" : Machine.Password);
        (await _machine.RunAsync(["init", "--yes", .. flags])).ShouldEndWith(0);
        (await _machine.ResticAsync("-r", _machine.Repository, "snapshots")).ShouldEndWith(0);
    }

    [Fact]
    public async Task Our_variables_win_over_restic_s()
    {
        _machine.WithRepository().With("RESTIC_REPOSITORY", "/nowhere").With("RESTIC_PASSWORD", "guess");
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        Assert.True(File.Exists(Path.Combine(_machine.Repository, "config")));
        _machine.Without("BACKUPONLINE_REPOSITORY").With("BACKUPONLINE_REPOSITORY_FILE", _machine.Write("address", _machine.Repository + "\n"));
        (await _machine.RunAsync("snapshots")).ShouldEndWith(0);
    }

    [Fact]
    public async Task No_password_and_nobody_to_ask_says_how_to_give_one()
    {
        (await _machine.With("RESTIC_REPOSITORY", _machine.Repository).RunAsync("init", "--yes")).ShouldEndWith(1).ShouldSay("BACKUPONLINE_PASSWORD_FILE");
        (await _machine.RunAsync("init", "--yes", "-p", _machine.Write("empty", "\n"))).ShouldEndWith(1).ShouldSay("empty");
        (await _machine.RunAsync("init")).ShouldEndWith(1).ShouldSay("--yes");
        Assert.False(Directory.Exists(_machine.Repository));
    }
}
