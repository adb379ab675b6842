using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class DiffCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task Changes_and_sums_are_those_of_restic()
    {
        await _both.FillAsync();
        foreach (var flags in new[] { Array.Empty<string>(), ["--metadata"] })
        {
            foreach (var (one, other) in new[] { (_both.Ours, _both.Theirs), (_both.Theirs, _both.Ours), (_both.Ours, _both.Ours) })
            {
                var ours = Lines((await Machine.RunAsync(["diff", "--json", .. flags, one, other])).ShouldEndWith(0).Output);
                var theirs = (await Machine.ResticAsync(["-r", Machine.Repository, "diff", .. flags, one, other])).ShouldEndWith(0).Output;
                Assert.Equal(
                    theirs.Split('\n').Where(line => line.Contains('/') && line[0] != ' ' && !line.StartsWith("comparing", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                    ours.Where(line => line.GetProperty("message_type").GetString() == "change")
                        .Select(line => $"{line.GetProperty("modifier").GetString(),-5}{line.GetProperty("path").GetString()}")
                        .Order(StringComparer.Ordinal));
                var sums = ours[^1];
                Assert.Equal("statistics", sums.GetProperty("message_type").GetString());
                Assert.Equal((one, other), (sums.GetProperty("source_snapshot").GetString(), sums.GetProperty("target_snapshot").GetString()));
                var added = sums.GetProperty("added");
                var removed = sums.GetProperty("removed");
                var plain = string.Join('\n', theirs.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
                Assert.Contains($"Files: {added.GetProperty("files")} new, {removed.GetProperty("files")} removed, {sums.GetProperty("changed_files")} changed", plain);
                Assert.Contains($"Dirs: {added.GetProperty("dirs")} new, {removed.GetProperty("dirs")} removed", plain);
                Assert.Contains($"Data Blobs: {added.GetProperty("data_blobs")} new, {removed.GetProperty("data_blobs")} removed", plain);
                Assert.Contains($"Tree Blobs: {added.GetProperty("tree_blobs")} new, {removed.GetProperty("tree_blobs")} removed", plain);
            }
        }
    }

    [Fact]
    public async Task Folders_of_snapshots_are_compared_without_what_is_above_them()
    {
        await _both.FillAsync();
        var lines = Lines((await Machine.RunAsync("diff", "--json", $"{_both.Ours}:{Machine.Source}/text", $"{_both.Theirs}:{Machine.Source}/text")).ShouldEndWith(0).Output);
        Assert.Equal(("/readme.txt", "M"), (lines[0].GetProperty("path").GetString(), lines[0].GetProperty("modifier").GetString()));
        Assert.Equal(2, lines.Count);
        Assert.Contains("M    /readme.txt", (await Machine.RunAsync("diff", $"{_both.Ours}:{Machine.Source}/text", $"{_both.Theirs}:{Machine.Source}/text")).ShouldEndWith(0).Output);
        (await Machine.RunAsync("diff", _both.Ours, "latest:/nowhere")).ShouldEndWith(1).ShouldSay("/nowhere");
        (await Machine.RunAsync("diff", _both.Ours)).ShouldEndWith(1);
    }

    private static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
