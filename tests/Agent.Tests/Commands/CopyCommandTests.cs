using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>Snapshots go from one repository to another, by us and by stock restic in turn.</summary>
public sealed class CopyCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    private string Other => Machine.PathOf("other");

    private string[] From => ["--from-repo", Machine.Repository, "--from-password-file", Machine.PathOf("password")];

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task A_copy_is_whole_under_another_password_and_keeps_its_origin()
    {
        await FillAsync();
        (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "copy", .. From])).ShouldEndWith(0);

        Machine.With("RESTIC_PASSWORD", "another");
        (await RunOtherAsync("check", "--read-data")).ShouldEndWith(0);
        var copies = JsonDocument.Parse((await RunOtherAsync("snapshots", "--json")).Output).RootElement.EnumerateArray().ToList();
        Assert.Equal([_both.Ours, _both.Theirs], copies.Select(copy => copy.GetProperty("original").GetString()));
        Assert.All(copies, copy => Assert.False(copy.TryGetProperty("parent", out _)));
        (await RunOtherAsync("restore", "latest", "--target", Machine.PathOf("out"))).ShouldEndWith(0);
        await Machine.ShouldBeEqualAsync(Machine.Source, Machine.PathOf("out") + Machine.Source);
    }

    [Fact]
    public async Task What_is_there_is_not_copied_again_whoever_copied_it()
    {
        await FillAsync();
        (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "copy", .. From, "--tag", "ours"])).ShouldEndWith(0);
        (await Machine.With("RESTIC_PASSWORD", "another").RunProgramAsync("restic", ["--no-cache", "-r", Other, "copy", .. From])).ShouldEndWith(0);
        var before = Directory.GetFiles(Other, "*", SearchOption.AllDirectories).Order().ToList();
        Assert.Equal(2, before.Count(path => path.Contains("/snapshots/", StringComparison.Ordinal)));

        var again = (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "copy", .. From])).ShouldEndWith(0);
        Assert.Contains("0 snapshots copied, 2 were here already", again.Output);
        Assert.Equal(before, Directory.GetFiles(Other, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task What_a_prune_of_the_destination_has_marked_is_copied_again()
    {
        await FillAsync();
        string[] other = ["-r", Other, "-p", Machine.PathOf("other password")];
        (await Machine.RunAsync([.. other, "copy", .. From])).ShouldEndWith(0);
        (await Machine.RunAsync([.. other, "forget", "--host", "host", "--unsafe-allow-remove-all"])).ShouldEndWith(0);
        (await Machine.RunAsync([.. other, "prune", "--grace", "24h"])).ShouldEndWith(0);
        var marked = Directory.GetFiles(Path.Combine(Other, "data"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Assert.True(marked > 1 << 20);
        (await Machine.RunAsync([.. other, "copy", .. From])).ShouldEndWith(0);
        Assert.True(Directory.GetFiles(Path.Combine(Other, "data"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) > marked * 19 / 10);
        (await Machine.With("RESTIC_PASSWORD", "another").RunProgramAsync("restic", ["--no-cache", "-r", Other, "check", "--read-data"])).ShouldEndWith(0);
    }

    [Fact]
    public async Task The_environment_may_name_the_source()
    {
        await FillAsync();
        Machine.With("RESTIC_FROM_REPOSITORY", Machine.Repository).With("RESTIC_FROM_PASSWORD_FILE", Machine.PathOf("password"));
        (await Machine.RunAsync("-r", Other, "-p", Machine.PathOf("other password"), "copy", _both.Theirs[..8])).ShouldEndWith(0);
        Assert.Single(Directory.GetFiles(Path.Combine(Other, "snapshots")));
        (await Machine.Without("RESTIC_FROM_REPOSITORY").RunAsync("-r", Other, "-p", Machine.PathOf("other password"), "copy")).ShouldEndWith(1).ShouldSay("--from-repo");
        (await Machine.RunAsync("-r", Other, "-p", Machine.PathOf("other password"), "copy", "--from-repo", Machine.Repository, "--from-password-file", Machine.PathOf("other password"))).ShouldEndWith(12);
    }

    [Fact]
    public async Task Damage_in_the_source_stops_the_copy_and_leaves_no_snapshot_that_lacks_something()
    {
        await FillAsync();
        foreach (var pack in Directory.GetFiles(Path.Combine(Machine.Repository, "data"), "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 1 << 20))
        {
            File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await using var file = File.OpenWrite(pack);
            await file.WriteAsync(new byte[file.Length - 200_000]);
        }

        (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "copy", .. From])).ShouldEndWith(22);
        Assert.Empty(Directory.GetFiles(Path.Combine(Other, "snapshots")));
        (await Machine.With("RESTIC_PASSWORD", "another").RunProgramAsync("restic", ["--no-cache", "-r", Other, "check"])).ShouldEndWith(0);
    }

    [Fact]
    public async Task The_same_chunker_parameters_make_copies_share_their_blobs()
    {
        await _both.FillAsync();
        Machine.Write("other password", "another");
        (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "init", "--yes", .. From])).ShouldEndWith(1).ShouldSay("--copy-chunker-params");
        (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "init", "--yes", "--copy-chunker-params", .. From])).ShouldEndWith(0);
        var here = JsonDocument.Parse((await Machine.RunAsync("cat", "config")).Output).RootElement;
        var there = JsonDocument.Parse((await Machine.RunAsync("-r", Other, "-p", Machine.PathOf("other password"), "cat", "config")).Output).RootElement;
        Assert.Equal(here.GetProperty("chunker_polynomial").GetString(), there.GetProperty("chunker_polynomial").GetString());
        Assert.NotEqual(here.GetProperty("id").GetString(), there.GetProperty("id").GetString());
        (await Machine.RunAsync(["-r", Other, "-p", Machine.PathOf("other password"), "copy", .. From])).ShouldEndWith(0);
        var backup = (await Machine.RunAsync("-r", Other, "-p", Machine.PathOf("other password"), "backup", "--json", "--force", Machine.Source)).ShouldEndWith(0);
        Assert.Equal(0, backup.Summary.GetProperty("data_blobs").GetInt64());
    }

    private async Task FillAsync()
    {
        await _both.FillAsync();
        Machine.Write("other password", "another");
        (await Machine.RunAsync("-r", Other, "-p", Machine.PathOf("other password"), "init", "--yes")).ShouldEndWith(0);
    }

    private Task<Ended> RunOtherAsync(params string[] arguments) => Machine.RunProgramAsync("restic", ["--no-cache", "-r", Other, .. arguments]);
}
