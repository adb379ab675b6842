using System.Net;
using BackupOnline.Client.Access;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Client.Tests.Access;

public sealed class WrongKeyThrottleTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("192.0.2.1");

    private readonly FakeTimeProvider time = new();
    private readonly WrongKeyThrottle throttle;

    public WrongKeyThrottleTests() => throttle = new(time);

    [Fact]
    public async Task The_measure_fills_with_the_tenth_wrong_key_and_not_before()
    {
        for (var wrong = 1; wrong < WrongKeyThrottle.Most; wrong++)
            Assert.False(await ErrAsync(Stranger));
        Assert.Equal(TimeSpan.Zero, await WaitAsync(Stranger));

        Assert.True(await ErrAsync(Stranger));
        Assert.Equal(WrongKeyThrottle.Refill, await WaitAsync(Stranger));
    }

    [Fact]
    public async Task A_slow_clock_between_the_tries_does_not_open_a_hole()
    {
        for (var wrong = 1; wrong <= WrongKeyThrottle.Most; wrong++)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await ErrAsync(Stranger);
        }
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.True(await WaitAsync(Stranger) > TimeSpan.Zero);
    }

    [Fact]
    public async Task Of_many_tries_at_once_only_as_many_are_judged_as_would_be_one_after_another()
    {
        var tries = Enumerable.Range(0, 150).Select(_ => throttle.EnterAsync(Stranger, TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(WrongKeyThrottle.Most, tries.Count(one => one.IsCompleted));

        for (var wrong = 1; wrong <= WrongKeyThrottle.Most; wrong++)
            Assert.Equal(wrong == WrongKeyThrottle.Most, throttle.Leave(Stranger, wasWrong: true));
        var waits = await Task.WhenAll(tries);

        Assert.Equal(WrongKeyThrottle.Most, waits.Count(wait => wait == TimeSpan.Zero));
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, WrongKeyThrottle.Refill));
    }

    [Fact]
    public async Task Good_keys_wait_for_a_place_and_are_never_refused_for_each_other()
    {
        var tries = Enumerable.Range(0, 150).Select(_ => throttle.EnterAsync(Stranger, TestContext.Current.CancellationToken)).ToList();
        // In the order in which they get their places, which is not the order in which they came.
        await foreach (var one in Task.WhenEach(tries))
        {
            Assert.Equal(TimeSpan.Zero, await one);
            Assert.False(throttle.Leave(Stranger, wasWrong: false));
        }

        Assert.False(await ErrAsync(Stranger));
    }

    [Fact]
    public async Task Who_goes_away_while_he_waits_takes_no_place()
    {
        using var gone = new CancellationTokenSource();
        for (var held = 0; held < WrongKeyThrottle.Most; held++)
            await throttle.EnterAsync(Stranger, CancellationToken.None);
        var waiting = throttle.EnterAsync(Stranger, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        throttle.Leave(Stranger, wasWrong: false);
        Assert.Equal(TimeSpan.Zero, await throttle.EnterAsync(Stranger, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_else_is_slowed()
    {
        await FillAsync(Stranger);

        Assert.Equal(TimeSpan.Zero, await WaitAsync(IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public async Task Waiting_gives_one_try_back_at_a_time()
    {
        await FillAsync(Stranger);

        time.Advance(WrongKeyThrottle.Refill);
        Assert.Equal(TimeSpan.Zero, await WaitAsync(Stranger));
        Assert.True(await ErrAsync(Stranger));
        Assert.True(await WaitAsync(Stranger) > TimeSpan.Zero);

        time.Advance(WrongKeyThrottle.Refill * WrongKeyThrottle.Most);
        Assert.False(await ErrAsync(Stranger));
    }

    [Fact]
    public async Task Persistence_does_not_lengthen_the_wait()
    {
        await FillAsync(Stranger);
        await FillAsync(Stranger);

        Assert.Equal(WrongKeyThrottle.Refill, await WaitAsync(Stranger));
    }

    [Fact]
    public async Task An_IPv6_network_counts_as_one_and_mapped_IPv4_as_IPv4()
    {
        await FillAsync(IPAddress.Parse("2001:db8::1"));
        await FillAsync(Stranger.MapToIPv6());

        Assert.True(await WaitAsync(IPAddress.Parse("2001:db8::ffff")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, await WaitAsync(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.True(await WaitAsync(Stranger) > TimeSpan.Zero);
    }

    private async Task FillAsync(IPAddress address)
    {
        for (var wrong = 0; wrong < WrongKeyThrottle.Most; wrong++)
            await ErrAsync(address);
    }

    /// <summary>One wrong key, if the address may still show one; true when it fills the measure.</summary>
    private async Task<bool> ErrAsync(IPAddress address) =>
        await throttle.EnterAsync(address, CancellationToken.None) == TimeSpan.Zero && throttle.Leave(address, wasWrong: true);

    /// <summary>How long the address would have to wait; takes no place.</summary>
    private async Task<TimeSpan> WaitAsync(IPAddress address)
    {
        var wait = await throttle.EnterAsync(address, CancellationToken.None);
        if (wait == TimeSpan.Zero)
            throttle.Leave(address, wasWrong: false);
        return wait;
    }
}
