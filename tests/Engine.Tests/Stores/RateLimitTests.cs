using BackupOnline.Engine.Stores;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Engine.Tests.Stores;

public sealed class RateLimitTests
{
    [Fact]
    public async Task The_first_goes_at_once_and_each_waits_for_those_before_it()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(10_000, time);
        await limit.WaitAsync(20_000, CancellationToken.None);
        var second = limit.WaitAsync(10_000, CancellationToken.None).AsTask();
        var third = limit.WaitAsync(10_000, CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        await second;
        Assert.False(third.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await third;
    }

    [Fact]
    public async Task Time_that_nobody_used_is_not_saved_up()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(10_000, time);
        time.Advance(TimeSpan.FromHours(1));
        await limit.WaitAsync(10_000, CancellationToken.None);
        var second = limit.WaitAsync(10_000, CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1.1));
        await second;
    }

    [Fact]
    public void A_rate_at_which_connections_look_dead_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimit(RateLimit.LeastBytesPerSecond - 1, TimeProvider.System));
}
