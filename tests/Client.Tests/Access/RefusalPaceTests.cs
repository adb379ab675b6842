using BackupOnline.Client.Access;

namespace BackupOnline.Client.Tests.Access;

public sealed class RefusalPaceTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.2, 100)]
    [InlineData(99.5, 1)]
    [InlineData(100, 0)]
    [InlineData(100.5, 100)]
    [InlineData(250, 50)]
    public void A_refusal_waits_for_the_next_whole_step(double elapsedMilliseconds, double expectedMilliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMilliseconds), RefusalPace.Wait(TimeSpan.FromMilliseconds(elapsedMilliseconds)));
}
