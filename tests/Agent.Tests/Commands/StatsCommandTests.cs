using System.Text.Json;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class StatsCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    public void Dispose() => _both.Dispose();

    [Theory]
    [InlineData("restore-size")]
    [InlineData("files-by-contents")]
    [InlineData("blobs-per-file")]
    [InlineData("raw-data")]
    public async Task The_sums_are_those_of_restic(string mode)
    {
        await _both.FillAsync();
        foreach (var which in new[] { Array.Empty<string>(), [_both.Ours[..8]], ["latest"], ["--tag", "theirs"] })
        {
            var (ours, theirs) = await _both.AskAsync(["stats", "--json", "--mode", mode, .. which]);
            BothSides.ShouldHold(JsonDocument.Parse(theirs).RootElement, JsonDocument.Parse(ours).RootElement);
        }
    }

    [Fact]
    public async Task A_person_reads_them_too_and_a_wrong_mode_is_told()
    {
        await _both.FillAsync();
        Assert.Contains("Snapshots:    2", (await _both.Machine.RunAsync("stats")).ShouldEndWith(0).Output);
        Assert.Contains("times smaller", (await _both.Machine.RunAsync("stats", "--mode", "raw-data")).ShouldEndWith(0).Output);
        (await _both.Machine.RunAsync("stats", "--mode", "weight")).ShouldEndWith(1).ShouldSay("weight", "raw-data");
    }
}
