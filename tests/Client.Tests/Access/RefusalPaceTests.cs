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

    [Fact]
    public async Task A_timer_that_is_early_does_not_tell_a_refusal_early()
    {
        var clock = new EarlyTimers();
        var start = clock.GetTimestamp();

        await RefusalPace.HoldAsync(clock, start, CancellationToken.None);

        Assert.True(clock.GetElapsedTime(start) >= RefusalPace.Step);
    }

    private sealed class EarlyTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 2, period);
    }
}
