using System.Text.Json;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class SnapshotsCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task The_ones_that_are_named_are_shown_and_a_name_that_fits_none_is_refused()
    {
        await _both.FillAsync();

        Assert.Equal(2, await CountAsync());
        Assert.Equal(1, await CountAsync(_both.Ours[..8]));
        Assert.Equal(1, await CountAsync("latest"));
        Assert.Equal(2, await CountAsync("latest", _both.Ours[..8], _both.Theirs[..8]));
        (await _both.Machine.RunAsync("snapshots", _both.Ours[..8], "zzzz")).ShouldEndWith(1).ShouldSay("zzzz");
    }

    private async Task<int> CountAsync(params string[] ids)
    {
        var ended = (await _both.Machine.RunAsync(["snapshots", "--json", .. ids])).ShouldEndWith(0);
        return JsonDocument.Parse(ended.Output).RootElement.GetArrayLength();
    }
}
