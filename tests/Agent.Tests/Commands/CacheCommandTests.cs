using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class CacheCommandTests : IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository();

    private string Cache => _machine.PathOf("cache");

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_cache_is_made_where_it_is_asked_for_and_changes_no_answer()
    {
        _machine.WithSource();
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        Assert.False(Path.Exists(_machine.PathOf(".cache/backuponline")));
        var plain = (await _machine.RunAsync("ls", "latest")).ShouldEndWith(0).Output;
        for (var run = 0; run < 2; run++)
            Assert.Equal(plain, (await _machine.RunAsync("ls", "--cache-dir", Cache, "latest")).ShouldEndWith(0).Output);
        var folder = Assert.Single(Directory.GetDirectories(Cache));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.True(File.Exists(Path.Combine(Cache, "CACHEDIR.TAG")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "data")));

        Directory.Delete(Cache, recursive: true);
        (await _machine.RunAsync("ls", "--cache-dir", Cache, "--no-cache", "latest")).ShouldEndWith(0);
        Assert.False(Path.Exists(Cache));
    }

    [Fact]
    public async Task A_check_sees_the_store_itself()
    {
        _machine.WithSource();
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.With("BACKUPONLINE_CACHE_DIR", Cache).RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        (await _machine.RunAsync("ls", "latest")).ShouldEndWith(0);
        foreach (var index in Directory.GetFiles(Path.Combine(_machine.Repository, "index")))
        {
            File.SetUnixFileMode(index, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await File.WriteAllTextAsync(index, "damaged");
        }

        (await _machine.RunAsync("check")).ShouldEndWith(22);
        (await _machine.RunAsync("ls", "latest")).ShouldEndWith(0);
    }

    [Fact]
    public async Task Old_caches_are_removed_on_demand()
    {
        _machine.WithSource().With("RESTIC_CACHE_DIR", Cache);
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        Assert.Contains(Path.GetFileName(Assert.Single(Directory.GetDirectories(Cache)))[..10], (await _machine.RunAsync("cache")).ShouldEndWith(0).Output);
        (await _machine.RunAsync("cache", "--cleanup")).ShouldEndWith(0);
        var folder = Assert.Single(Directory.GetDirectories(Cache));
        Directory.SetLastWriteTimeUtc(folder, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var line = JsonDocument.Parse((await _machine.RunAsync("cache", "--cleanup", "--max-age", "7", "--json")).ShouldEndWith(0).Output).RootElement;
        Assert.True(line.GetProperty("removed").GetBoolean());
        Assert.Equal(Path.GetFileName(folder), line.GetProperty("repository_id").GetString());
        Assert.Empty(Directory.GetDirectories(Cache));
        (await _machine.RunAsync("cache", "--max-age", "soon")).ShouldEndWith(1).ShouldSay("--max-age");
    }
}
