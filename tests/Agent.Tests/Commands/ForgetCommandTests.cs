using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>The verb as a user runs it, with stock restic as the judge.</summary>
public sealed class ForgetCommandTests(FilledRepository filled) : IClassFixture<FilledRepository>, IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("--keep-last 2")]
    [InlineData("--keep-daily 3")]
    [InlineData("--keep-hourly unlimited")]
    [InlineData("--keep-hourly -1 --keep-yearly 5")]
    [InlineData("--keep-within 2d")]
    [InlineData("--keep-within-daily 1m --keep-monthly 2")]
    [InlineData("--keep-tag a,b --keep-last 1")]
    [InlineData("--keep-weekly 2 --group-by host")]
    [InlineData("--keep-weekly 1 -l 1 --group-by paths,tags")]
    [InlineData("--keep-daily 2 --group-by=")]
    [InlineData("--keep-daily 2 --tag b")]
    public async Task It_keeps_what_restic_keeps(string line)
    {
        await filled.CopyToAsync(_machine);
        string[] arguments = ["forget", "--dry-run", "--json", .. line.Split(' ')];
        var ours = Groups((await _machine.RunAsync(arguments)).ShouldEndWith(0));

        // restic 0.14 knows no word for it yet.
        var theirs = Groups((await _machine.ResticAsync(["-r", _machine.Repository, .. arguments.Select(word => word is "unlimited" or "-1" ? "999" : word)])).ShouldEndWith(0));

        Assert.Equal(theirs.Keys.Order(), ours.Keys.Order());
        foreach (var (group, (keep, remove)) in theirs)
        {
            // restic 0.14 does not keep the oldest one for a rule that is not used up; later versions and we do.
            Assert.Empty(keep.Except(ours[group].Keep));
            Assert.Equal(keep.Union(remove).Order(), ours[group].Keep.Union(ours[group].Remove).Order());
            Assert.InRange(ours[group].Keep.Count - keep.Count, 0, 1);
        }

        Assert.Equal(8, await CountAsync());
    }

    [Fact]
    public async Task The_JSON_has_every_field_of_restic_and_the_reasons()
    {
        await filled.CopyToAsync(_machine);
        var ours = JsonDocument.Parse((await _machine.RunAsync("forget", "-n", "--json", "--keep-last", "1", "--group-by", "host,tags")).ShouldEndWith(0).Output).RootElement;
        var theirs = JsonDocument.Parse((await _machine.ResticAsync("-r", _machine.Repository, "forget", "-n", "--json", "--keep-last", "1", "--group-by", "host,tags")).ShouldEndWith(0).Output).RootElement;
        Assert.Equal(Shape(theirs[0]), Shape(ours[0]));
        Assert.Equal(Shape(theirs[0].GetProperty("reasons")[0]), Shape(ours[0].GetProperty("reasons")[0]));
        Assert.All(ours.EnumerateArray(), group => Assert.Equal("last snapshot", group.GetProperty("reasons")[0].GetProperty("matches")[0].GetString()));
        Assert.Equal(JsonValueKind.Null, ours[0].GetProperty("paths").ValueKind);
        Assert.Contains(ours.EnumerateArray(), group => group.GetProperty("tags").ValueKind == JsonValueKind.Array);
    }

    [Fact]
    public async Task What_no_rule_keeps_is_gone_and_with_prune_its_data_too()
    {
        await filled.CopyToAsync(_machine);
        var said = (await _machine.RunAsync("forget", "--keep-last", "1", "--group-by", "", "--prune", "--max-unused", "0")).ShouldEndWith(0);
        Assert.Contains("last snapshot", said.Output);
        Assert.Contains("7 snapshots were removed", said.Output);
        Assert.Equal(1, await CountAsync());
        await _machine.ShouldBeSoundForResticAsync();
        var dryRun = (await _machine.ResticAsync("-r", _machine.Repository, "prune", "--dry-run", "--max-unused", "0")).ShouldEndWith(0);
        Assert.Matches(@"total prune:\s+0 blobs", dryRun.Output);
    }

    [Fact]
    public async Task A_dry_run_with_prune_says_what_would_go_and_changes_nothing()
    {
        await filled.CopyToAsync(_machine);
        var before = Files();
        var said = (await _machine.RunAsync("forget", "--keep-last", "1", "-g", "", "--prune", "--dry-run", "--compact")).ShouldEndWith(0);
        Assert.Contains("7 snapshots would be removed", said.Output);
        Assert.Matches("to remove: +[1-9]", said.Output);
        Assert.DoesNotContain("Paths", said.Output);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Named_snapshots_are_removed_and_an_unknown_one_stops_it()
    {
        await filled.CopyToAsync(_machine);
        var ids = await IdsAsync();
        (await _machine.RunAsync("forget", ids[0], "feedbeef")).ShouldEndWith(1).ShouldSay("feedbeef");
        Assert.Equal(8, await CountAsync());
        (await _machine.RunAsync("forget", ids[0][..8], ids[1], ids[1])).ShouldEndWith(0);
        Assert.Equal(ids[2..], await IdsAsync());
    }

    [Theory]
    [InlineData("", "--keep-daily")]
    [InlineData("--unsafe-allow-remove-all", "--host")]
    [InlineData("--keep-tag nobody-has-it", "keep no snapshot at all")]
    [InlineData("--keep-last some", "unlimited")]
    [InlineData("--keep-last -2", "unlimited")]
    [InlineData("--keep-within 3w", "2y5m7d3h")]
    [InlineData("--keep-last 1 --group-by colour", "host, paths and tags")]
    [InlineData("--keep-last 1 --prune --max-unused 120%", "below 100%")]
    public async Task What_would_remove_all_or_cannot_be_meant_is_refused(string line, string advice)
    {
        await filled.CopyToAsync(_machine);
        (await _machine.RunAsync(["forget", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldEndWith(1).ShouldSay(advice);
        Assert.Equal(8, await CountAsync());
    }

    [Fact]
    public async Task All_of_one_host_go_when_that_is_said()
    {
        await filled.CopyToAsync(_machine);
        (await _machine.RunAsync("forget", "--unsafe-allow-remove-all", "--host", "h2")).ShouldEndWith(0);
        Assert.Equal(6, await CountAsync());
        (await _machine.RunAsync("forget", "--keep-tag", "nobody-has-it", "--unsafe-allow-remove-all", "--host", "h1")).ShouldEndWith(0);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Where_nothing_may_be_removed_it_says_so_and_ends_with_3()
    {
        await using var shelf = new TinyShelf();
        _machine.With("BACKUPONLINE_REPOSITORY", shelf.AddressWithSecret).WithSource(files: 2);
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source)).ShouldEndWith(0);
        (await _machine.RunAsync("forget", "--keep-last", "1", "--prune")).ShouldEndWith(3).ShouldSay("could not be removed");
        Assert.Equal(2, shelf.Count("snapshots"));
        Assert.Equal(0, shelf.Count("locks"));
    }

    [Fact]
    public async Task In_French_the_reasons_are_French()
    {
        await filled.CopyToAsync(_machine);
        var said = (await _machine.With("BACKUPONLINE_LANG", "fr").RunAsync("forget", "-n", "--keep-last", "1", "--keep-tag", "a,b")).ShouldEndWith(0);
        Assert.Contains("dernier instantané", said.Output);
        Assert.Contains("étiquettes [a b]", said.Output);
    }

    private async Task<int> CountAsync() => (await IdsAsync()).Length;

    private async Task<string[]> IdsAsync() =>
    [
        .. JsonDocument.Parse((await _machine.ResticAsync("-r", _machine.Repository, "snapshots", "--json")).ShouldEndWith(0).Output).RootElement.EnumerateArray()
            .OrderBy(snapshot => snapshot.GetProperty("time").GetDateTimeOffset()).Select(snapshot => snapshot.GetProperty("id").GetString()!),
    ];

    private List<string> Files() => [.. Directory.GetFiles(_machine.Repository, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Shape(JsonElement element) => element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static Dictionary<string, (List<string> Keep, List<string> Remove)> Groups(Ended ended) =>
        JsonDocument.Parse(ended.Output).RootElement.EnumerateArray().ToDictionary(
            group => $"{group.GetProperty("host")} {group.GetProperty("paths")} {group.GetProperty("tags")}",
            group => (Ids(group.GetProperty("keep")), Ids(group.GetProperty("remove"))));

    private static List<string> Ids(JsonElement list) =>
        list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(snapshot => snapshot.GetProperty("id").GetString()!)];
}
