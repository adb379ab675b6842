using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class CatAndListCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    public void Dispose() => _both.Dispose();

    [Theory]
    [InlineData("blobs")]
    [InlineData("packs")]
    [InlineData("index")]
    [InlineData("snapshots")]
    [InlineData("keys")]
    public async Task The_lists_are_those_of_restic(string kind)
    {
        await _both.FillAsync();
        var (ours, theirs) = await _both.AskAsync("list", kind);
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs.Split('\n').Order(StringComparer.Ordinal), ours.Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_inside_is_what_restic_shows()
    {
        await _both.FillAsync();
        var (key, index) = (await FirstAsync("keys"), await FirstAsync("index"));
        foreach (var what in new[] { new[] { "config" }, ["masterkey"], ["key", key], ["snapshot", _both.Ours], ["snapshot", _both.Theirs[..8]], ["index", index] })
        {
            var (ours, theirs) = await _both.AskAsync(["cat", .. what]);
            BothSides.ShouldHold(JsonDocument.Parse(theirs).RootElement, JsonDocument.Parse(ours).RootElement);
        }

        // restic wants keys in full, we take their beginning too.
        Assert.Contains("scrypt", (await Machine.RunAsync("cat", "key", key[..10])).ShouldEndWith(0).Output);
        var blob = (await Machine.RunAsync("list", "blobs")).Output.Split('\n').First(line => line.StartsWith("tree ", StringComparison.Ordinal))[5..];
        var (our, their) = await _both.AskAsync("cat", "blob", blob);
        Assert.Equal(their, our);
        Assert.Equal(their, (await Machine.RunAsync("cat", "blob", blob[..12])).ShouldEndWith(0).Output);
        var tree = JsonDocument.Parse((await Machine.RunAsync("cat", "tree", $"latest:{Machine.Source}/new")).ShouldEndWith(0).Output).RootElement;
        Assert.Equal(["file", "other"], tree.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_pack_comes_as_it_is_stored()
    {
        await _both.FillAsync();
        var pack = await FirstAsync("packs");
        (await Machine.RunProgramAsync("sh", ["-c", $"'{Machine.Program}' cat pack {pack[..9]} > '{Machine.PathOf("pack")}'"])).ShouldEndWith(0);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Machine.Repository, "data", pack[..2], pack)), await File.ReadAllBytesAsync(Machine.PathOf("pack")));
    }

    [Fact]
    public async Task A_wrong_question_is_told_with_what_is_possible()
    {
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await Machine.RunAsync("cat", "kitten")).ShouldEndWith(1).ShouldSay("kitten", "masterkey");
        (await Machine.RunAsync("cat", "blob")).ShouldEndWith(1).ShouldSay("cat blob");
        (await Machine.RunAsync("cat", "config", "abc")).ShouldEndWith(1);
        (await Machine.RunAsync("cat", "blob", "abc")).ShouldEndWith(1).ShouldSay("abc");
        (await Machine.RunAsync("cat", "index", "abc")).ShouldEndWith(1).ShouldSay("list index");
        (await Machine.RunAsync("list", "things")).ShouldEndWith(1).ShouldSay("things", "snapshots");
        Assert.Empty((await Machine.RunAsync("list", "locks")).ShouldEndWith(0).Output);
    }

    private async Task<string> FirstAsync(string kind) => (await Machine.RunAsync("list", kind)).ShouldEndWith(0).Output.Split('\n')[0];
}
