using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>Snapshots without some of their files; stock restic, which has no rewrite before 0.15, judges what comes out.</summary>
public sealed class RewriteCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task A_snapshot_of_restic_loses_what_is_excluded_and_nothing_else()
    {
        await _both.FillAsync();
        var said = (await Machine.RunAsync("rewrite", "-v", "--exclude", "large", "--iexclude", "README*", _both.Theirs)).ShouldEndWith(0);
        Assert.Contains(Path.Combine(Machine.Source, "large"), said.Output);
        var made = Assert.Single(await SnapshotsAsync(), snapshot => snapshot.TryGetProperty("original", out var original) && original.GetString() == _both.Theirs);
        Assert.Equal(["theirs", "rewrite"], made.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));

        await Machine.ShouldBeSoundForResticAsync();
        var (before, after) = (await ListAsync(_both.Theirs), await ListAsync(made.GetProperty("id").GetString()!));
        Assert.Equal(before.Where(path => !path.Contains("/source/large", StringComparison.Ordinal) && !path.Contains("/text/readme", StringComparison.Ordinal)), after);
        (await Machine.ResticAsync("-r", Machine.Repository, "restore", made.GetProperty("id").GetString()!, "--target", Machine.PathOf("out"))).ShouldEndWith(0);
        File.Delete(Path.Combine(Machine.Source, "large"));
        File.Delete(Path.Combine(Machine.Source, "text/readme.txt"));
        async Task<string> SumsAsync(string folder) =>
            (await Machine.RunProgramAsync("sh", ["-c", "cd \"$0\" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum", folder])).ShouldEndWith(0).Output;
        Assert.Equal(await SumsAsync(Machine.Source), await SumsAsync(Machine.PathOf("out") + Machine.Source));
    }

    [Fact]
    public async Task A_dry_run_and_patterns_that_match_nothing_change_nothing()
    {
        await _both.FillAsync();
        var before = Files();
        Assert.Contains("2 snapshots would be", (await Machine.RunAsync("rewrite", "-n", "-e", "large")).ShouldEndWith(0).Output);
        Assert.Contains("0 snapshots", (await Machine.RunAsync("rewrite", "-e", "no such thing")).ShouldEndWith(0).Output);
        Assert.Equal(before, Files());
        (await Machine.RunAsync("rewrite")).ShouldEndWith(1).ShouldSay("--exclude");
        (await Machine.RunAsync("rewrite", "-e", "/*", _both.Ours)).ShouldEndWith(0).ShouldSay(_both.Ours[..8], "empty");
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Forget_takes_the_old_one_away_and_adds_no_tag()
    {
        await _both.FillAsync();
        (await Machine.RunAsync("rewrite", "--forget", "--exclude", "large", "--new-host", "elsewhere", "--new-time", "2026-01-31 12:00:00", _both.Ours[..8])).ShouldEndWith(0);
        var snapshots = await SnapshotsAsync();
        Assert.Equal(2, snapshots.Count);
        var made = Assert.Single(snapshots, snapshot => snapshot.GetProperty("hostname").GetString() == "elsewhere");
        Assert.Equal(_both.Ours, made.GetProperty("original").GetString());
        Assert.Equal(["ours"], made.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(new DateTime(2026, 1, 31, 12, 0, 0), made.GetProperty("time").GetDateTimeOffset().LocalDateTime);
        await Machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task What_a_prune_has_marked_can_be_rewritten_and_nothing_new_relies_on_it()
    {
        await _both.FillAsync();

        // As a backup that was at work while a prune marked: its snapshot comes when what it needs is marked already.
        var snapshot = Path.Combine(Machine.Repository, "snapshots", _both.Ours);
        var (late, cut) = (await File.ReadAllBytesAsync(snapshot), (string[])["rewrite", "--exclude", "large", _both.Ours]);
        (await Machine.RunAsync(cut)).ShouldEndWith(0);
        (await Machine.RunAsync("forget", "--tag", "ours", "--unsafe-allow-remove-all")).ShouldEndWith(0);
        (await Machine.RunAsync("prune", "--grace", "24h", "--max-unused", "0")).ShouldEndWith(0);
        await File.WriteAllBytesAsync(snapshot, late);

        var before = Packs();
        (await Machine.RunAsync(cut)).ShouldEndWith(0);
        Assert.NotEmpty(Packs().Except(before));
        await Machine.ShouldBeSoundForResticAsync();
        (await Machine.RunAsync("prune", "--max-unused", "0")).ShouldEndWith(0);
        await Machine.ShouldBeSoundForResticAsync();
    }

    private List<string> Packs() => [.. Directory.GetFiles(Path.Combine(Machine.Repository, "data"), "*", SearchOption.AllDirectories)];

    private List<string> Files() => [.. Directory.GetFiles(Machine.Repository, "*", SearchOption.AllDirectories).Order()];

    private async Task<List<JsonElement>> SnapshotsAsync() =>
        [.. JsonDocument.Parse((await Machine.ResticAsync("-r", Machine.Repository, "snapshots", "--json")).ShouldEndWith(0).Output).RootElement.EnumerateArray()];

    private async Task<List<string>> ListAsync(string snapshot) =>
        [.. (await Machine.ResticAsync("-r", Machine.Repository, "ls", "-q", snapshot)).ShouldEndWith(0).Output.Split('\n').Where(line => line.StartsWith('/'))];
}
