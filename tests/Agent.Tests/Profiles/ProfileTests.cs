using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Profiles;

/// <summary>A profile file as an administrator writes it, and the program run with it.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_verb_takes_repository_password_and_flags_from_the_profile()
    {
        Fill("""
            [base]
            repository = "%/repository"
            password-file = "%/password"
            [daily]
            inherit = "base"
            [daily.backup]
            paths = ["%/source"]
            exclude = ["file1", "file2"]
            tag = "daily"
            """);
        (await _machine.RunAsync("--profile", "base", "init", "--yes")).ShouldEndWith(0);
        var backup = (await _machine.RunAsync("backup", "--profile=daily", "--json")).ShouldEndWith(0).Summary;
        Assert.Equal(8, backup.GetProperty("files_new").GetInt64());

        // What the line says wins.
        var other = (await _machine.RunAsync("--profile", "daily", "backup", "--json", "--tag", "mine", Path.Combine(_machine.Source, "folder1"))).ShouldEndWith(0).Summary;
        Assert.Equal(1, other.GetProperty("files_new").GetInt64());
        var tags = JsonDocument.Parse((await _machine.RunAsync("--profile", "base", "snapshots", "--json")).ShouldEndWith(0).Output).RootElement
            .EnumerateArray().Select(snapshot => snapshot.GetProperty("tags")[0].GetString());
        Assert.Equal(["daily", "mine"], tags);
    }

    [Fact]
    public async Task Verbs_that_only_look_have_tables_too()
    {
        Fill("""
            [base]
            repository = "%/repository"
            password-file = "%/password"
            [daily]
            inherit = "base"
            [daily.stats]
            mode = "raw-data"
            [daily.ls]
            long = true
            """);
        (await _machine.RunAsync("--profile", "base", "init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("--profile", "base", "backup", _machine.Source)).ShouldEndWith(0);
        foreach (var (verb, flags) in new[] { ("stats", (string[])["--mode", "raw-data"]), ("ls", ["--long"]) })
        {
            var bare = (await _machine.RunAsync(["--profile", "base", verb, "latest"])).ShouldEndWith(0).Output;
            var flagged = (await _machine.RunAsync(["--profile", "base", verb, "latest", .. flags])).ShouldEndWith(0).Output;
            Assert.NotEqual(bare, flagged);
            Assert.Equal(flagged, (await _machine.RunAsync("--profile", "daily", verb, "latest")).ShouldEndWith(0).Output);
        }
    }

    [Fact]
    public async Task A_whole_run_has_hooks_and_pings_in_their_order()
    {
        await using var monitor = new TinyServer(_ => new(200));
        Fill(WithHooks(monitor.Url, before: "exit 0"));
        (await _machine.RunAsync("--profile", "daily", "init", "--yes")).ShouldEndWith(0);
        var ended = (await _machine.RunAsync("--profile", "daily", "--json")).ShouldEndWith(0);
        Assert.Equal(10, ended.Lines("summary")[0].GetProperty("files_new").GetInt64());
        Assert.Equal("before 0,after 0,finally 0,", Log());
        Assert.Equal(["/start", "/success"], monitor.Requests.Select(asked => asked.Path));
    }

    [Fact]
    public async Task A_whole_run_forgets_and_prunes_as_the_profile_says()
    {
        Fill("""
            [daily]
            repository = "%/repository"
            password-file = "%/password"
            no-extra-verify = true
            [daily.backup]
            paths = ["%/source"]
            [daily.forget]
            keep-last = 1
            keep-tag = ["a", "b"]
            group-by = "host"
            [daily.prune]
            max-unused = 0
            [daily.check]
            read-data = true
            """);
        (await _machine.RunAsync("--profile", "daily", "init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("--profile", "daily")).ShouldEndWith(0);
        var first = Packs();
        File.Delete(Directory.GetFiles(_machine.Source, "*", SearchOption.AllDirectories)[0]);
        (await _machine.RunAsync("--profile", "daily", "backup", "--time", "2026-01-31 12:00:01")).ShouldEndWith(0);
        (await _machine.RunAsync("--profile", "daily", "backup", "--time", "2026-01-31 12:00:00")).ShouldEndWith(0);
        (await _machine.RunAsync("--profile", "daily")).ShouldEndWith(0);
        Assert.Single(Directory.GetFiles(Path.Combine(_machine.Repository, "snapshots")));
        Assert.NotEmpty(first.Except(Packs()));
    }

    [Fact]
    public async Task A_hook_that_fails_before_stops_the_run_and_is_told()
    {
        await using var monitor = new TinyServer(_ => new(200));
        Fill(WithHooks(monitor.Url, before: "exit 3"));
        (await _machine.RunAsync("--profile", "daily", "init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("--profile", "daily")).ShouldEndWith(1).ShouldSay("exit 3", "before");
        Assert.Equal("on-failure 1,finally 1,", Log());
        Assert.Equal(["/start", "/fail"], monitor.Requests.Select(asked => asked.Path));
        Assert.Contains("exit code 1", monitor.Requests.Last().Text);
        Assert.Empty(Directory.GetFiles(Path.Combine(_machine.Repository, "snapshots")));
    }

    [Fact]
    public async Task A_backup_that_fails_is_told_and_tidied_up_after()
    {
        await using var monitor = new TinyServer(_ => new(500));
        Fill(WithHooks(monitor.Url, before: "exit 0"));
        var ended = (await _machine.RunAsync("--profile", "daily")).ShouldEndWith(10).ShouldSay("127.0.0.1", "HTTP 500");
        Assert.DoesNotContain("/fail", ended.Error);
        Assert.Equal("before 0,on-failure 10,finally 10,", Log());
    }

    [Fact]
    public async Task A_hook_that_never_ends_is_ended()
    {
        await using var monitor = new TinyServer(_ => new(200));
        Fill(WithHooks(monitor.Url, before: "sleep 600").Replace("timeout = \"5m\"", "timeout = \"1s\"", StringComparison.Ordinal));
        (await _machine.RunAsync("--profile", "daily")).ShouldEndWith(1).ShouldSay("sleep 600");
    }

    [Theory]
    [InlineData("[daily]\npasword-file = 'x'", "pasword-file", "password-file")]
    [InlineData("[daily.hooks]\nbefor = 'x'", "hooks.befor", "before")]
    [InlineData("[daily]\nrepository = 'rest:https://me:secret@host/'", "repository", "password-file")]
    [InlineData("[daily.ping]\nstart = 'http://elsewhere.example/'", "ping.start", "https")]
    [InlineData("[daily.hooks]\ntimeout = 5", "hooks.timeout", "5m")]
    [InlineData("[daily]\ninherit = 'daily'", "daily", "itself")]
    [InlineData("[other]", "daily", "other")]
    [InlineData("[daily", "TOML", "profiles.toml")]
    [InlineData("[daily]\nrepository = '/nowhere'", "daily", "nothing to run")]
    [InlineData("[daily]\nrepository = '/nowhere'\n[daily.forget]\nkeep-dayly = 7", "--keep-dayly", "--keep-daily")]
    [InlineData("[daily]\nrepository = '/nowhere'\n[daily.prune]\nmax-unused = 'much'", "--max-unused", "much")]
    [InlineData("[daily]\nrepository = '/nowhere'\n[daily.backup]\npaths = ['/etc/hostname']\nexclud = 'x'", "--exclud", "--exclude")]
    public async Task A_mistake_is_named(string toml, string what, string hint)
    {
        _machine.Write(".config/backuponline/profiles.toml", toml);
        var ended = (await _machine.RunAsync("--profile", "daily")).ShouldEndWith(1).ShouldSay(what, hint);
        Assert.DoesNotContain("secret@", ended.Error);
    }

    [Fact]
    public async Task Without_a_file_the_places_are_named()
    {
        (await _machine.RunAsync("--profile", "daily", "snapshots")).ShouldEndWith(1).ShouldSay(_machine.PathOf(".config/backuponline/profiles.toml"));
        (await _machine.RunAsync("--profile")).ShouldEndWith(1).ShouldSay("--profile");
    }

    private static string WithHooks(Uri monitor, string before) => $$"""
        [daily]
        repository = "%/repository"
        password-file = "%/password"
        [daily.backup]
        paths = ["%/source"]
        [daily.hooks]
        before = ["{{before}}", "echo $BACKUPONLINE_HOOK $BACKUPONLINE_EXIT_CODE >> %/log"]
        after = "echo $BACKUPONLINE_HOOK $BACKUPONLINE_EXIT_CODE >> %/log"
        on-failure = "echo $BACKUPONLINE_HOOK $BACKUPONLINE_EXIT_CODE >> %/log"
        finally = "echo $BACKUPONLINE_HOOK $BACKUPONLINE_EXIT_CODE >> %/log"
        timeout = "5m"
        [daily.ping]
        start = "{{monitor}}start"
        success = "{{monitor}}success"
        fail = "{{monitor}}fail"
        """;

    private List<string> Packs() => [.. Directory.GetFiles(Path.Combine(_machine.Repository, "data"), "*", SearchOption.AllDirectories)];

    private string Log() => File.ReadAllText(_machine.PathOf("log")).Replace('\n', ',');

    private void Fill(string toml)
    {
        _machine.WithSource(files: 10).Write("password", Machine.Password);
        _machine.Write(".config/backuponline/profiles.toml", toml.Replace("%", _machine.Folder, StringComparison.Ordinal));
    }
}
