using System.Runtime.InteropServices;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Exits;

/// <summary>Every code of the table, reached by the condition that it stands for. 3 and most ways to 1 are with the verbs.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Machine _machine = new Machine().WithRepository().With("BACKUPONLINE_RETRY_FOR", "0");

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("no-such-verb")]
    [InlineData("backup --no-such-flag /etc/hostname")]
    [InlineData("backup --exlude *.tmp /etc/hostname")]
    [InlineData("restore latest")]
    [InlineData("snapshots --retry-lock soon")]
    [InlineData("backup --exclude-larger-than huge /etc/hostname")]
    [InlineData("snapshots --compression gzip")]
    [InlineData("snapshots --pack-size 3")]
    public async Task A_wrong_command_line_ends_with_1_not_with_2(string line)
    {
        await InitAsync();
        var ended = (await _machine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldEndWith(1);
        Assert.NotEmpty(ended.Error);
    }

    [Fact]
    public async Task No_repository_is_10()
    {
        Directory.CreateDirectory(_machine.Repository);
        (await _machine.RunAsync("snapshots")).ShouldEndWith(10).ShouldSay("init");
        (await _machine.RunAsync("backup", "--json", "/etc/hostname")).ShouldEndWith(10);
    }

    [Fact]
    public async Task A_lock_that_excludes_us_is_11_and_a_dead_one_is_nobody_s()
    {
        _machine.WithSource(files: 200, bytesEach: 200_000);
        await InitAsync();
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);

        // restic's check locks exclusively; stopped in the middle it holds its lock as a living process does.
        await using var restic = _machine.With("RESTIC_PASSWORD", Machine.Password).Start("restic", ["--no-cache", "-r", _machine.Repository, "check", "--read-data"]);
        await Until.TrueAsync(() => restic.HasEnded || Directory.EnumerateFiles(_machine.PathOf("repository/locks")).Any(file => Path.GetFileName(file).Length == 64), Patience);
        restic.Pause();
        Assert.False(restic.HasEnded, "restic was too quick for this test.");
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(11).ShouldSay("--retry-lock");
        (await _machine.RunAsync("snapshots", "--no-lock")).ShouldEndWith(0);
        restic.Kill();
        await restic.EndAsync(Patience);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        Assert.Empty(Directory.EnumerateFiles(_machine.PathOf("repository/locks")));
    }

    [Fact]
    public async Task A_wrong_password_is_12()
    {
        await InitAsync();
        var ended = (await _machine.With("BACKUPONLINE_PASSWORD_FILE", _machine.Write("other", "guess")).RunAsync("snapshots", "--json")).ShouldEndWith(12);
        Assert.Equal(12, ended.ExitError.GetProperty("code").GetInt32());
        Assert.NotEmpty(ended.ExitError.GetProperty("message").GetString()!);
        Assert.DoesNotContain("guess", ended.Error);
    }

    [Fact]
    public async Task A_used_up_quota_is_20()
    {
        await using var shelf = await ShelfAsync();
        shelf.Refusal = asked => asked.Method == "POST" && asked.Path.Contains("/data/") ? new TinyServer.Answer(507) : null;
        (await _machine.WithSource().RunAsync("backup", _machine.Source)).ShouldEndWith(20).ShouldSay("quota");
        Assert.Equal(0, shelf.Count("snapshots"));
        shelf.Refusal = _ => null;
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_suspended_contract_is_21_by_its_code_whatever_the_sentence_says()
    {
        await using var shelf = await ShelfAsync();
        shelf.Refusal = _ => new TinyServer.Answer(403, "Interdit : demandez au prestataire", Type: "text/plain", Code: "tenant-suspended");
        (await _machine.RunAsync("snapshots")).ShouldEndWith(21).ShouldSay("suspended", "hotline");
        shelf.Refusal = _ => new TinyServer.Answer(403, "Forbidden: deliveries are suspended in the attic", Type: "text/plain");
        (await _machine.RunAsync("snapshots")).ShouldEndWith(23);
    }

    [Fact]
    public async Task No_room_for_a_lock_does_not_keep_readers_out()
    {
        await using var shelf = await ShelfAsync();
        (await _machine.WithSource().RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        shelf.Refusal = asked => asked.Method == "POST" ? new TinyServer.Answer(507) : null;
        foreach (var verb in (string[][])[["snapshots"], ["ls", "latest"], ["check", "--read-data"], ["restore", "latest", "--target", _machine.PathOf("out")]])
            (await _machine.RunAsync(verb)).ShouldEndWith(0).ShouldSay("no room for the lock");
        await _machine.ShouldBeEqualAsync(_machine.Source, _machine.PathOf("out") + _machine.Source);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(20);
    }

    [Fact]
    public async Task Damaged_data_is_22()
    {
        _machine.WithSource();
        await InitAsync();
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        var pack = Directory.GetFiles(_machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var stream = File.Open(pack, FileMode.Open))
        {
            stream.Position = 100;
            stream.Write([1, 2, 3, 4]);
        }

        var json = (await _machine.RunAsync("check", "--read-data", "--json")).ShouldEndWith(22);
        Assert.True(json.Summary.GetProperty("num_errors").GetInt64() > 0);
        Assert.Contains(Path.GetFileName(pack), json.Error);
        (await _machine.RunAsync("check", "--read-data")).ShouldEndWith(22).ShouldSay("hotline");
        var restored = (await _machine.RunAsync("restore", "latest", "--target", _machine.PathOf("out"), "--json")).ShouldEndWith(22);
        Assert.Equal(20, restored.Summary.GetProperty("total_files").GetInt64());
        Assert.Equal(20 - restored.ErrorLines("error").Count, restored.Summary.GetProperty("files_restored").GetInt64());
        Assert.Equal(10_000 * restored.Summary.GetProperty("files_restored").GetInt64(), restored.Summary.GetProperty("bytes_restored").GetInt64());
        (await _machine.RunAsync("restore", "latest", "--target", _machine.PathOf("out"))).ShouldEndWith(22).ShouldSay("missing or damaged", "hotline");
    }

    [Fact]
    public async Task A_damaged_index_is_22_also_when_everything_could_be_had()
    {
        _machine.WithSource();
        await InitAsync();
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        var known = Directory.GetFiles(_machine.PathOf("repository/index"));
        _machine.Write("source/new", "what only the second index names");
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        var snapshots = System.Text.Json.JsonDocument.Parse((await _machine.RunAsync("snapshots", "--json")).ShouldEndWith(0).Output).RootElement;
        var first = snapshots[0].GetProperty("id").GetString()!;
        var second = Directory.GetFiles(_machine.PathOf("repository/index")).Except(known).Single();
        File.SetUnixFileMode(second, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(second, File.ReadAllBytes(second)[..^20]);

        (await _machine.RunAsync("ls", first)).ShouldEndWith(22).ShouldSay(Path.GetFileName(second), "index files of the repository are damaged", "hotline");
        (await _machine.RunAsync("restore", first, "--target", _machine.PathOf("out"))).ShouldEndWith(22).ShouldSay("Everything that was asked for is restored", "check --read-data");
        (await _machine.RunAsync("ls", "latest")).ShouldEndWith(22).ShouldSay("hotline");
        (await _machine.RunAsync("restore", "latest", "--target", _machine.PathOf("out2"))).ShouldEndWith(22);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(22);
        (await _machine.RunAsync("restore", "feedbeef", "--target", _machine.PathOf("out3"))).ShouldEndWith(1).ShouldSay("feedbeef");
    }

    [Fact]
    public async Task A_backup_onto_a_repository_that_lost_a_pack_sends_it_again_and_says_so()
    {
        _machine.WithSource();
        await InitAsync();
        (await _machine.RunAsync("backup", "source")).ShouldEndWith(0);
        foreach (var pack in Directory.GetFiles(_machine.PathOf("repository/data"), "*", SearchOption.AllDirectories))
            File.Delete(pack);
        (await _machine.RunAsync("restore", "latest", "--target", _machine.PathOf("lost"))).ShouldEndWith(22);

        (await _machine.RunAsync("backup", "source")).ShouldEndWith(0).ShouldSay("The repository lost data", "backuponline check");
        (await _machine.RunAsync("restore", "latest", "--target", _machine.PathOf("out"))).ShouldEndWith(0);
        await _machine.ShouldBeEqualAsync(_machine.Source, _machine.PathOf("out/source"));
        Assert.DoesNotContain("lost data", (await _machine.RunAsync("backup", "source")).ShouldEndWith(0).Error);
    }

    [Fact]
    public async Task A_refused_credential_is_23()
    {
        await using var shelf = await ShelfAsync();
        var ended = (await _machine.With("BACKUPONLINE_REPOSITORY", shelf.AddressWithSecret.Replace(TinyShelf.Secret, "WrongSecret")).RunAsync("snapshots")).ShouldEndWith(23);
        Assert.DoesNotContain("WrongSecret", ended.Output + ended.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_away_or_busy_is_24(bool busy)
    {
        await using var shelf = await ShelfAsync();
        shelf.Refusal = _ => new TinyServer.Answer(503);
        if (!busy)
            _machine.With("BACKUPONLINE_REPOSITORY", $"rest:http://k1:{TinyShelf.Secret}@127.0.0.1:{TinyServer.FreePort()}/acme/main/");
        var ended = (await _machine.RunAsync("snapshots")).ShouldEndWith(24);
        Assert.DoesNotContain(TinyShelf.Secret, ended.Output + ended.Error);
    }

    [Fact]
    public async Task A_connection_that_comes_back_is_waited_for_and_said()
    {
        await using var shelf = await ShelfAsync();
        var refused = 0;
        shelf.Refusal = asked => asked.Path.Contains("/data/") && Interlocked.Increment(ref refused) <= 2 ? new TinyServer.Answer(503) : null;
        var ended = (await _machine.Without("BACKUPONLINE_RETRY_FOR").WithSource().RunAsync("backup", _machine.Source)).ShouldEndWith(0).ShouldSay("retrying in");
        Assert.DoesNotContain(TinyShelf.Secret, ended.Output + ended.Error);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task An_interrupted_run_is_130_leaves_no_lock_and_goes_on_the_next_time(PosixSignal signal)
    {
        await using var shelf = await ShelfAsync();
        using var reached = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        shelf.Refusal = asked =>
        {
            if (!asked.Path.Contains("/data/", StringComparison.Ordinal) || asked.Method != "POST")
                return null;
            reached.Set();
            release.Wait(Patience);
            return null;
        };
        _machine.WithSource(files: 100, bytesEach: 100_000);
        await using (var running = _machine.Start(Machine.Program, ["backup", _machine.Source]))
        {
            await Until.TrueAsync(() => reached.IsSet, Patience);
            running.Signal(signal);
            (await running.EndAsync(Patience)).ShouldEndWith(130).ShouldSay("Interrupted");
        }

        release.Set();
        shelf.Refusal = _ => null;
        Assert.Equal(0, shelf.Count("snapshots"));
        Assert.Equal(0, shelf.Count("locks"));
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_a_repository_that_the_next_one_completes_without_unlock()
    {
        _machine.WithSource(files: 300, bytesEach: 300_000).With("BACKUPONLINE_COMPRESSION", "max");
        await InitAsync();
        await using (var running = _machine.Start(Machine.Program, ["backup", _machine.Source]))
        {
            await Until.TrueAsync(() => running.HasEnded || Directory.EnumerateFiles(_machine.PathOf("repository/data"), "*", SearchOption.AllDirectories).Any(), Patience);
            Assert.False(running.HasEnded, "The backup was too quick for this test.");
            running.Kill();
            await running.EndAsync(Patience);
        }

        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        await _machine.ShouldBeSoundForResticAsync();
    }

    private async Task InitAsync() => (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);

    private async Task<TinyShelf> ShelfAsync()
    {
        var shelf = new TinyShelf();
        _machine.With("BACKUPONLINE_REPOSITORY", shelf.AddressWithSecret);
        await InitAsync();
        return shelf;
    }
}
