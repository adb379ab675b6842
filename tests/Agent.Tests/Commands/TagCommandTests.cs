using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class TagCommandTests : IDisposable
{
    private readonly Machine _machine = new Machine().WithRepository().WithSource(files: 2);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Tags_are_added_removed_and_set_and_restic_sees_them()
    {
        var first = await FilledAsync();
        var changed = (await _machine.RunAsync("tag", "--add", "new,b", "--remove", "a", "--json")).ShouldEndWith(0);
        Assert.Equal(1, changed.Summary.GetProperty("changed_snapshots").GetInt32());
        var line = Assert.Single(changed.Lines("changed"));
        Assert.Equal(first, line.GetProperty("old_snapshot_id").GetString());
        var snapshot = await SnapshotAsync();
        Assert.Equal(line.GetProperty("new_snapshot_id").GetString(), snapshot.GetProperty("id").GetString());
        Assert.Equal(["b", "new"], Tags(snapshot));
        Assert.Equal(first, snapshot.GetProperty("original").GetString());

        (await _machine.RunAsync("tag", "--set", "only")).ShouldEndWith(0);
        Assert.Equal(["only"], Tags(await SnapshotAsync()));
        Assert.Equal(first, (await SnapshotAsync()).GetProperty("original").GetString());
        (await _machine.RunAsync("tag", "--set", "")).ShouldEndWith(0);
        Assert.False((await SnapshotAsync()).TryGetProperty("tags", out _));
        await _machine.ShouldBeSoundForResticAsync();
    }

    [Fact]
    public async Task Only_the_snapshots_that_are_meant_and_that_change()
    {
        var first = await FilledAsync();
        (await _machine.RunAsync("backup", _machine.Source, "--host", "other")).ShouldEndWith(0);
        Assert.Equal(0, (await _machine.RunAsync("tag", "--add", "a", "--tag", "a", "--json")).ShouldEndWith(0).Summary.GetProperty("changed_snapshots").GetInt32());
        Assert.Equal(1, (await _machine.RunAsync("tag", "--add", "x", "--host", "other", "--json")).ShouldEndWith(0).Summary.GetProperty("changed_snapshots").GetInt32());
        Assert.Equal(1, (await _machine.RunAsync("tag", "--add", "y", first[..8], "--json")).ShouldEndWith(0).Summary.GetProperty("changed_snapshots").GetInt32());
        (await _machine.RunAsync("tag", "--add", "z", first[..8])).ShouldEndWith(1).ShouldSay(first[..8]);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("tag --set a --add b")]
    public async Task What_says_nothing_or_two_things_is_refused(string line) => (await _machine.RunAsync(line.Split(' '))).ShouldEndWith(1).ShouldSay("--set");

    private async Task<string> FilledAsync()
    {
        (await _machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await _machine.RunAsync("backup", _machine.Source, "--tag", "a,b", "--host", "h")).ShouldEndWith(0);
        return (await SnapshotAsync()).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> SnapshotAsync() =>
        JsonDocument.Parse((await _machine.ResticAsync("-r", _machine.Repository, "snapshots", "--json")).ShouldEndWith(0).Output).RootElement[0];

    private static IEnumerable<string> Tags(JsonElement snapshot) => snapshot.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!);
}
