using BackupOnline.Client.Access;

namespace BackupOnline.Client.Tests.Access;

public sealed class RefusalPaceTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.2, 100)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(100.5, 200)]
    [InlineData(250, 300)]
    public void A_refusal_is_told_at_a_whole_step(double elapsedMilliseconds, double expectedMilliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMilliseconds), RefusalPace.Due(TimeSpan.FromMilliseconds(elapsedMilliseconds)));
}
