using System.Diagnostics;
using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>Backups of what no disk holds, and the flags that decide whether and how fast there is a snapshot.</summary>
public sealed class StreamBackupTests : IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Standard_input_is_a_file_as_restic_keeps_it()
    {
        await InitAsync();
        var text = string.Join('\n', Enumerable.Range(0, 300_000));
        (await _machine.RunProgramAsync(Machine.Program, ["backup", "--stdin", "--stdin-filename", "dumps/base.sql", "--tag", "ours", "-H", "host"], text)).ShouldEndWith(0);
        (await _machine.With("RESTIC_PASSWORD", Machine.Password).RunProgramAsync(
            "restic", ["--no-cache", "-r", _machine.Repository, "backup", "--stdin", "--stdin-filename", "dumps/base.sql", "--tag", "theirs", "--host", "host"], text)).ShouldEndWith(0);

        await _machine.ShouldBeSoundForResticAsync();
        foreach (var tag in new[] { "ours", "theirs" })
        {
            Assert.Equal(text, (await _machine.RunAsync("dump", "--tag", tag, "latest", "/dumps/base.sql")).ShouldEndWith(0).Output);
            Assert.Equal(text, (await _machine.ResticAsync("-r", _machine.Repository, "dump", "--tag", tag, "latest", "/dumps/base.sql")).ShouldEndWith(0).Output);
        }

        var snapshots = JsonDocument.Parse((await _machine.RunAsync("snapshots", "--json")).ShouldEndWith(0).Output).RootElement.EnumerateArray().ToList();
        Assert.All(snapshots, snapshot => Assert.Equal("/dumps/base.sql", Assert.Single(snapshot.GetProperty("paths").EnumerateArray()).GetString()));
        async Task<List<string>> ListAsync(string id) =>
        [
            .. (await _machine.RunAsync("ls", "--json", id)).Lines("node").Select(node => $"{node.GetProperty("path")} {node.GetProperty("permissions")} {(node.TryGetProperty("size", out var size) ? size : "")}"),
        ];
        Assert.Equal(await ListAsync(snapshots[1].GetProperty("id").GetString()!), await ListAsync(snapshots[0].GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task What_a_command_prints_is_kept_when_it_ends_well()
    {
        await InitAsync();
        var done = (await _machine.RunAsync("backup", "--json", "--stdin-from-command", "--stdin-filename", "numbers", "--", "sh", "-c", "seq 1 1000")).ShouldEndWith(0).Summary;
        Assert.Equal(1, done.GetProperty("files_new").GetInt64());
        Assert.Equal(3893, done.GetProperty("total_bytes_processed").GetInt64());
        Assert.StartsWith("1\n2\n", (await _machine.RunAsync("dump", "latest", "numbers")).ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task A_command_that_fails_or_prints_nothing_makes_no_snapshot()
    {
        await InitAsync();
        (await _machine.RunAsync("backup", "--stdin-from-command", "--", "sh", "-c", "seq 1 1000; exit 7")).ShouldEndWith(1).ShouldSay("sh", "7");
        (await _machine.RunAsync("backup", "--stdin-from-command", "--", "true")).ShouldEndWith(1);
        (await _machine.RunAsync("backup", "--stdin-from-command", "--", "/no/such/program")).ShouldEndWith(1).ShouldSay("/no/such/program");
        (await _machine.RunAsync("backup", "--stdin")).ShouldEndWith(1);
        Assert.Empty(Directory.GetFiles(Path.Combine(_machine.Repository, "snapshots")));
    }

    [Fact]
    public async Task Contradictions_are_refused()
    {
        await InitAsync();
        (await _machine.RunAsync("backup", "--stdin", "/etc/hostname")).ShouldEndWith(1).ShouldSay("--stdin");
        (await _machine.RunAsync("backup", "--stdin", "--stdin-from-command", "--", "true")).ShouldEndWith(1).ShouldSay("--stdin-from-command");
        (await _machine.RunAsync("backup", "--stdin-from-command")).ShouldEndWith(1).ShouldSay("pg_dump");
        (await _machine.RunAsync("backup", "--stdin", "--stdin-filename", "/")).ShouldEndWith(1).ShouldSay("--stdin-filename");
    }

    [Fact]
    public async Task Without_a_change_there_is_no_snapshot_when_that_is_asked_for()
    {
        _machine.WithSource();
        await InitAsync();

        // Targets by name from the folder: folders above would change with every other program's doings.
        string[] backup = ["backup", "--json", "--skip-if-unchanged", "source"];
        Assert.NotEmpty((await _machine.RunAsync(backup)).ShouldEndWith(0).Summary.GetProperty("snapshot_id").GetString()!);
        Assert.False((await _machine.RunAsync(backup)).ShouldEndWith(0).Summary.TryGetProperty("snapshot_id", out _));
        Assert.Single(Directory.GetFiles(Path.Combine(_machine.Repository, "snapshots")));
        _machine.Write("source/new", "new");
        Assert.NotEmpty((await _machine.RunAsync(backup)).ShouldEndWith(0).Summary.GetProperty("snapshot_id").GetString()!);
        Assert.Contains("no snapshot", (await _machine.RunAsync("backup", "--skip-if-unchanged", "source")).ShouldEndWith(0).Output);
    }

    [Fact]
    public async Task Without_a_scan_there_is_no_total_and_the_same_snapshot()
    {
        _machine.WithSource();
        await InitAsync();
        var ended = (await _machine.RunAsync("backup", "--json", "--no-scan", _machine.Source)).ShouldEndWith(0);
        Assert.Equal(20, ended.Summary.GetProperty("files_new").GetInt64());
        Assert.All(ended.Lines("status"), line => Assert.False(line.TryGetProperty("total_files", out _)));
    }

    [Fact]
    public async Task The_limits_hold_for_sending_and_receiving()
    {
        _machine.WithSource(files: 20, bytesEach: 100_000);
        await InitAsync();
        var watch = Stopwatch.StartNew();
        (await _machine.RunAsync("backup", "--limit-upload", "1024", _machine.Source)).ShouldEndWith(0);

        // 2 MB at 1 MiB/s: the first object goes at once, what comes after it waits for it.
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.8), $"sent in {watch.Elapsed}");
        watch.Restart();
        (await _machine.RunAsync("restore", "latest", "--limit-download", "1024", "--target", _machine.PathOf("out"))).ShouldEndWith(0);
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1), $"received in {watch.Elapsed}");
        await _machine.ShouldBeEqualAsync(_machine.Source, _machine.PathOf("out") + _machine.Source);
        (await _machine.RunAsync("backup", "--limit-upload", "3", _machine.Source)).ShouldEndWith(1).ShouldSay("--limit-upload", "8");
    }

    private async Task InitAsync() => (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
}
