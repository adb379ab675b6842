using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly BothSides _both = new();

    private Machine Machine => _both.Machine;

    public void Dispose() => _both.Dispose();

    [Fact]
    public async Task A_part_of_the_packs_is_read_and_all_parts_are_all_packs()
    {
        await _both.FillAsync();
        var all = (await Machine.RunAsync("check", "--read-data", "--json")).ShouldEndWith(0).Summary.GetProperty("bytes_read").GetInt64();
        var sum = 0L;
        for (var part = 1; part <= 4; part++)
            sum += (await Machine.RunAsync("check", "--json", "--read-data-subset", $"{part}/4")).ShouldEndWith(0).Summary.GetProperty("bytes_read").GetInt64();
        Assert.Equal(all, sum);
        Assert.Equal(all, (await Machine.RunAsync("check", "--json", "--read-data-subset", "100%")).ShouldEndWith(0).Summary.GetProperty("bytes_read").GetInt64());
        Assert.InRange((await Machine.RunAsync("check", "--json", "--read-data-subset", "1K")).ShouldEndWith(0).Summary.GetProperty("bytes_read").GetInt64(), 1, all - 1);
        Assert.Equal(0, (await Machine.RunAsync("check", "--json")).ShouldEndWith(0).Summary.GetProperty("bytes_read").GetInt64());
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1/257")]
    [InlineData("0%")]
    [InlineData("101%")]
    [InlineData("some")]
    [InlineData("0")]
    public async Task A_part_that_makes_no_sense_is_refused(string part)
    {
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await Machine.RunAsync("check", "--read-data-subset", part)).ShouldEndWith(1).ShouldSay("--read-data-subset", part);
    }

    [Fact]
    public async Task All_and_a_part_at_once_are_refused()
    {
        (await Machine.RunAsync("init", "--yes")).ShouldEndWith(0);
        (await Machine.RunAsync("check", "--read-data", "--read-data-subset", "1/2")).ShouldEndWith(1).ShouldSay("--read-data-subset");
    }
}
