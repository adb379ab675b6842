using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>The verb as a user runs it, on a local repository, with stock restic as the judge.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task What_we_back_up_restic_checks_and_restores()
    {
        _machine.WithSource(files: 50);
        Directory.CreateSymbolicLink(Path.Combine(_machine.Source, "link"), "folder1/file1");
        await InitAsync();
        var first = (await _machine.RunAsync("backup", "--json", _machine.Source)).ShouldEndWith(0);
        Assert.Equal(50, first.Summary.GetProperty("files_new").GetInt64());
        Assert.NotEmpty(first.Summary.GetProperty("snapshot_id").GetString()!);

        await _machine.ShouldBeSoundForResticAsync();
        (await _machine.ResticAsync("-r", _machine.Repository, "restore", "latest", "--target", _machine.PathOf("out"))).ShouldEndWith(0);
        await _machine.ShouldBeEqualAsync(_machine.Source, _machine.PathOf("out") + _machine.Source);
    }

    [Fact]
    public async Task A_second_run_sends_only_the_change()
    {
        _machine.WithSource(files: 50);
        await InitAsync();
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        _machine.Write("source/new", "a new one");
        var second = (await _machine.RunAsync("backup", "--json", _machine.Source)).ShouldEndWith(0).Summary;
        Assert.Equal(1, second.GetProperty("files_new").GetInt64());
        Assert.Equal(50, second.GetProperty("files_unmodified").GetInt64());
        Assert.Equal(1, second.GetProperty("data_blobs").GetInt64());
        Assert.True(second.GetProperty("data_added").GetInt64() < 50_000);
    }

    [Fact]
    public async Task The_JSON_summary_has_every_field_of_restic()
    {
        _machine.WithSource();
        await InitAsync();
        var ours = (await _machine.RunAsync("backup", "--json", _machine.Source)).ShouldEndWith(0);
        (await _machine.ResticAsync("-r", _machine.PathOf("theirs"), "init")).ShouldEndWith(0);
        var theirs = (await _machine.ResticAsync("-r", _machine.PathOf("theirs"), "backup", "--json", _machine.Source)).ShouldEndWith(0);
        var names = ours.Summary.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Equal("message_type", names[0]);
        // restic 0.14, the judge here, still calls the id of the snapshot the same; later versions only add fields.
        Assert.Empty(theirs.Summary.EnumerateObject().Select(property => property.Name).Except(names));
        foreach (var name in new[] { "files_new", "dirs_new", "data_blobs", "tree_blobs", "total_files_processed", "total_bytes_processed" })
            Assert.Equal(theirs.Summary.GetProperty(name).GetInt64(), ours.Summary.GetProperty(name).GetInt64());
        Assert.All(ours.Lines("status"), line => Assert.InRange(line.GetProperty("percent_done").GetDouble(), 0, 1));
    }

    [Fact]
    public async Task Nothing_but_results_goes_into_a_pipe()
    {
        _machine.WithSource();
        await InitAsync();
        var ended = (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
        Assert.DoesNotContain('\r', ended.Output);
        Assert.Empty(ended.Error);
        var quiet = (await _machine.RunAsync("backup", "-q", _machine.Source)).ShouldEndWith(0);
        Assert.Empty(quiet.Output + quiet.Error);
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_told_and_ends_with_3()
    {
        _machine.WithSource();
        await InitAsync();
        var missing = _machine.PathOf("missing");
        (await _machine.RunAsync("backup", _machine.Source, missing)).ShouldEndWith(3).ShouldSay(missing);
        var json = (await _machine.RunAsync("backup", "--json", _machine.Source, missing)).ShouldEndWith(3);
        var error = Assert.Single(json.ErrorLines("error"));
        Assert.Equal(missing, error.GetProperty("item").GetString());
        Assert.NotEmpty(error.GetProperty("error").GetProperty("message").GetString()!);
        Assert.NotEmpty(json.Summary.GetProperty("snapshot_id").GetString()!);
    }

    [Fact]
    public async Task Nothing_at_all_to_back_up_ends_with_1_and_makes_no_snapshot()
    {
        await InitAsync();
        (await _machine.RunAsync("backup", _machine.PathOf("missing"))).ShouldEndWith(1);
        (await _machine.RunAsync("backup")).ShouldEndWith(1).ShouldSay("--files-from");
        Assert.Equal("[]", (await _machine.RunAsync("snapshots", "--json")).ShouldEndWith(0).Output.Trim());
    }

    [Fact]
    public async Task What_the_flags_leave_out_restic_leaves_out_too()
    {
        foreach (var name in new[] { "keep.txt", "drop.tmp", "DROP.BAK", "cache/CACHEDIR.TAG", "cache/data", "marked/.nobackup", "marked/data", "deep/a/b/drop.tmp", "deep/other" })
            _machine.Write("source/" + name, name == "cache/CACHEDIR.TAG" ? "Signature: 8a477f597d28d172789f06886806bc55\n" : name);
        File.WriteAllBytes(_machine.PathOf("source/large"), new byte[3 << 20]);
        string[] flags =
        [
            "-e", "*.tmp", "--iexclude", "*.bak", "--exclude-caches", "--exclude-if-present", ".nobackup", "--exclude-larger-than", "2M", "--exclude-file",
            _machine.With("DROPPED", "other").Write("excludes", "# comment\n  deep/$DROPPED  \n"), _machine.Source,
        ];
        await InitAsync();
        (await _machine.RunAsync(["backup", .. flags])).ShouldEndWith(0);
        (await _machine.ResticAsync(["-r", _machine.Repository, "backup", .. flags])).ShouldEndWith(0);
        var ids = System.Text.Json.JsonDocument.Parse((await _machine.RunAsync("snapshots", "--json")).Output).RootElement.EnumerateArray().Select(line => line.GetProperty("id").GetString()!).ToList();
        Assert.Equal(2, ids.Count);
        var ours = (await _machine.RunAsync("ls", "-q", ids[0])).ShouldEndWith(0).Output;
        Assert.Equal((await _machine.RunAsync("ls", "-q", ids[1])).ShouldEndWith(0).Output, ours);
        Assert.Contains("keep.txt", ours);
        foreach (var dropped in new[] { "drop", "DROP", "cache/data", "marked/data", "large", "deep/other" })
            Assert.DoesNotContain(dropped, ours);
        foreach (var id in ids)
        {
            var snapshot = System.Text.Json.JsonDocument.Parse((await _machine.RunAsync("cat", "snapshot", id)).ShouldEndWith(0).Output).RootElement;
            Assert.Equal("*.tmp", Assert.Single(snapshot.GetProperty("excludes").EnumerateArray()).GetString());
        }
    }

    [Fact]
    public async Task Ls_of_a_folder_shows_what_restic_shows()
    {
        foreach (var name in new[] { "one", "a/two", "a/b/three", "a/b/c/four", "ab/five" })
            _machine.Write("source/" + name, name);
        await InitAsync();
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        foreach (var flags in (string[][])[[_machine.Source], [_machine.Source + "/a"], [_machine.Source + "/a", _machine.Source + "/one"], ["/"], ["--recursive", _machine.Source + "/a"], ["--recursive", "/"], []])
        {
            var theirs = (await _machine.ResticAsync(["-r", _machine.Repository, "ls", "-q", "latest", .. flags])).ShouldEndWith(0).Output;
            Assert.Equal(theirs.Split('\n').Where(line => line.StartsWith('/')), (await _machine.RunAsync(["ls", "-q", "latest", .. flags])).ShouldEndWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task Host_time_tags_and_parent_are_those_that_were_asked_for()
    {
        _machine.WithSource(files: 3);
        await InitAsync();
        var first = (await _machine.RunAsync("backup", "--json", "-H", "alpha", "--time", "2026-01-31 12:00:00", "--tag", "one,two", "--tag", "three", _machine.Source)).ShouldEndWith(0);
        var id = first.Summary.GetProperty("snapshot_id").GetString()!;
        (await _machine.RunAsync("backup", "-H", "beta", "--parent", id[..10], _machine.Source)).ShouldEndWith(0);
        var lines = System.Text.Json.JsonDocument.Parse((await _machine.RunAsync("snapshots", "--json")).ShouldEndWith(0).Output).RootElement;
        Assert.Equal(["one", "two", "three"], lines[0].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(new DateTime(2026, 1, 31, 12, 0, 0), lines[0].GetProperty("time").GetDateTimeOffset().LocalDateTime);
        Assert.Equal(id, lines[1].GetProperty("parent").GetString());
        foreach (var (flag, value, count) in new[] { ("--host", "alpha", 1), ("--tag", "one,three", 1), ("--tag", "one,missing", 0), ("--path", _machine.Source, 2), ("--path", "/else", 0) })
        {
            var found = System.Text.Json.JsonDocument.Parse((await _machine.RunAsync("snapshots", "--json", flag, value)).ShouldEndWith(0).Output).RootElement;
            Assert.Equal(count, found.GetArrayLength());
        }
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        _machine.WithSource();
        await InitAsync();
        var before = Directory.GetFiles(_machine.Repository, "*", SearchOption.AllDirectories).Order().ToList();
        var ended = (await _machine.RunAsync("backup", "--dry-run", "--json", "-vv", _machine.Source)).ShouldEndWith(0);
        Assert.True(ended.Summary.GetProperty("dry_run").GetBoolean());
        Assert.Equal(20, ended.Lines("verbose_status").Count(line => line.GetProperty("action").GetString() == "new" && line.GetProperty("item").GetString()!.Contains("/file")));
        Assert.Equal(before, Directory.GetFiles(_machine.Repository, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task Targets_come_from_a_list_too()
    {
        _machine.WithSource();
        await InitAsync();
        var list = _machine.Write("list", $"# what counts\n{_machine.Source}/folder[12]\n");
        var ended = (await _machine.RunAsync("backup", "--json", "--files-from", list)).ShouldEndWith(0);
        Assert.Equal(8, ended.Summary.GetProperty("files_new").GetInt64());
    }

    [Fact]
    public async Task A_file_system_of_the_network_is_refused_as_a_target_and_left_out_below_one()
    {
        _machine.WithSource();
        Directory.CreateDirectory(_machine.PathOf("source/folder1/share"));
        File.WriteAllText(_machine.PathOf("source/folder1/share/theirs"), "not eligible");
        await InitAsync();

        // A mount table that the kernel would show for an NFS mount, put in place of the real one in a mount namespace of its own.
        async Task<Ended> WithNfsAtAsync(string point, params string[] arguments)
        {
            var table = _machine.Write("mountinfo", File.ReadAllText("/proc/self/mountinfo") + $"9999 1 0:99 / {point} rw - nfs4 nas:/export rw\n");
            return await _machine.RunProgramAsync("unshare", ["-m", "sh", "-c", $"mount --bind '{table}' /proc/$$/mountinfo && exec \"$0\" \"$@\"", Machine.Program, .. arguments]);
        }

        var refused = await WithNfsAtAsync(_machine.Source, "backup", Path.Combine(_machine.Source, "folder1"));
        if (refused.Error.Contains("unshare", StringComparison.Ordinal))
            Assert.Skip("This machine does not let a test make a mount namespace.");
        refused.ShouldEndWith(1).ShouldSay(Path.Combine(_machine.Source, "folder1"), "nfs4", "article 3");
        Assert.Equal("[]", (await _machine.RunAsync("snapshots", "--json")).Output.Trim());

        var share = Path.Combine(_machine.Source, "folder1/share");
        (await WithNfsAtAsync(share, "backup", _machine.Source)).ShouldEndWith(0).ShouldSay(share);
        var listed = (await _machine.RunAsync("ls", "latest")).Output;
        Assert.Contains("folder1/file1", listed);
        Assert.DoesNotContain("theirs", listed);

        Directory.CreateSymbolicLink(_machine.PathOf("innocent"), Path.Combine(_machine.Source, "folder1"));
        (await WithNfsAtAsync(share, "backup", _machine.PathOf("innocent/share/theirs"))).ShouldEndWith(1).ShouldSay("article 3");
    }

    private async Task InitAsync() => (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
}
