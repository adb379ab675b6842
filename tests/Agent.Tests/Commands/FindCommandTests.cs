using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class FindCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task What_we_find_restic_finds_too()
    {
        await _both.FillAsync();
        foreach (var patterns in new[]
        {
            new[] { "*.txt" }, ["-i", "README*"], ["nothing"], ["file1*", "link"], ["gone"], ["text/*"], [Machine.Source + "/new/**"], ["--newest", "2001-01-01", "*"], ["--oldest", "2001-01-01", "large"],
            ["-s", _both.Ours[..8], "*"],
        })
        {
            var (ours, theirs) = await _both.AskAsync(["find", "--json", .. patterns]);
            var (ourJson, theirJson) = (Parse(ours), Parse(theirs));
            Assert.Equal(theirJson.Count, ourJson.Count);
            foreach (var (id, expected) in theirJson)
                BothSides.ShouldHold(expected, ourJson[id]);
        }

        // Snapshots in any order: stock restic's depends on its version.
        static Dictionary<string, JsonElement> Parse(string json) =>
            JsonDocument.Parse(json).RootElement.EnumerateArray().ToDictionary(one => one.GetProperty("snapshot").GetString()!);
    }

    [Fact]
    public async Task Blobs_trees_and_packs_are_found_where_restic_finds_them()
    {
        await _both.FillAsync();
        var blobs = (await Machine.RunAsync("list", "blobs")).ShouldEndWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var data = blobs.First(line => line.StartsWith("data ", StringComparison.Ordinal))[5..];
        var tree = JsonDocument.Parse((await Machine.RunAsync("cat", "tree", $"latest:{Path.GetDirectoryName(Machine.Source)}")).ShouldEndWith(0).Output).RootElement
            .GetProperty("nodes").EnumerateArray().First(node => node.GetProperty("name").GetString() == "source").GetProperty("subtree").GetString()!;
        foreach (var (flag, id) in new[] { ("--blob", data), ("--tree", tree), ("--blob", data[..8]) })
        {
            var (ours, theirs) = await _both.AskAsync("find", "--json", flag, id);
            Assert.NotEqual("[]", theirs.Trim());
            Assert.Equal(Lines(theirs), Lines(ours));
        }

        foreach (var pack in (await Machine.RunAsync("list", "packs")).ShouldEndWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (ours, theirs) = await _both.AskAsync("find", "--json", "--pack", pack);

            // restic 0.14 looks for the data blobs of a pack alone.
            Assert.Equal(Lines(theirs), Lines(ours).Where(line => line.StartsWith("blob", StringComparison.Ordinal)));
        }

        static List<string> Lines(string json) =>
        [
            .. JsonDocument.Parse(json).RootElement.EnumerateArray()
                .Select(one => $"{one.GetProperty("object_type")} {one.GetProperty("id")} {one.GetProperty("path")} {(one.TryGetProperty("parent_tree", out var parent) ? parent : "")} {one.GetProperty("snapshot")}")
                .Order(StringComparer.Ordinal),
        ];
    }

    [Fact]
    public async Task A_person_reads_snapshot_and_path_and_the_pack_on_demand()
    {
        await _both.FillAsync();
        var found = (await Machine.RunAsync("find", "-l", "large")).ShouldEndWith(0).Output;
        Assert.Contains(_both.Ours, found);
        Assert.Contains("-rw", found);
        var data = (await Machine.RunAsync("list", "blobs")).Output.Split('\n').First(line => line.StartsWith("data ", StringComparison.Ordinal))[5..];
        Assert.Contains("lies in pack", (await Machine.RunAsync("find", "--blob", "--show-pack-id", data)).ShouldEndWith(0).Output);
        (await Machine.RunAsync("find", "--blob", "--tree", data)).ShouldEndWith(1).ShouldSay("--blob");
        (await Machine.RunAsync("find", "--blob", "xyz")).ShouldEndWith(1).ShouldSay("xyz");
        (await Machine.RunAsync("find")).ShouldEndWith(1);
    }
}
