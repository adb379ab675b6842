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
    public void The_measure_fills_with_the_tenth_wrong_key_and_not_before()
    {
        for (var wrong = 1; wrong < WrongKeyThrottle.Most; wrong++)
            Assert.False(throttle.NoteWrong(Stranger));
        Assert.Equal(TimeSpan.Zero, throttle.WaitFor(Stranger));

        Assert.True(throttle.NoteWrong(Stranger));
        Assert.Equal(WrongKeyThrottle.Refill, throttle.WaitFor(Stranger));
    }

    [Fact]
    public void A_slow_clock_between_the_tries_does_not_open_a_hole()
    {
        for (var wrong = 1; wrong <= WrongKeyThrottle.Most; wrong++)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            throttle.NoteWrong(Stranger);
        }
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.True(throttle.WaitFor(Stranger) > TimeSpan.Zero);
    }

    [Fact]
    public void Nobody_else_is_slowed()
    {
        Fill(Stranger);

        Assert.Equal(TimeSpan.Zero, throttle.WaitFor(IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void Waiting_gives_one_try_back_at_a_time()
    {
        Fill(Stranger);

        time.Advance(WrongKeyThrottle.Refill);
        Assert.Equal(TimeSpan.Zero, throttle.WaitFor(Stranger));
        Assert.True(throttle.NoteWrong(Stranger));
        Assert.True(throttle.WaitFor(Stranger) > TimeSpan.Zero);

        time.Advance(WrongKeyThrottle.Refill * WrongKeyThrottle.Most);
        Assert.False(throttle.NoteWrong(Stranger));
    }

    [Fact]
    public void Persistence_does_not_lengthen_the_wait()
    {
        Fill(Stranger);
        Fill(Stranger);

        Assert.Equal(WrongKeyThrottle.Refill, throttle.WaitFor(Stranger));
    }

    [Fact]
    public void An_IPv6_network_counts_as_one_and_mapped_IPv4_as_IPv4()
    {
        Fill(IPAddress.Parse("2001:db8::1"));
        Fill(Stranger.MapToIPv6());

        Assert.True(throttle.WaitFor(IPAddress.Parse("2001:db8::ffff")) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, throttle.WaitFor(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.True(throttle.WaitFor(Stranger) > TimeSpan.Zero);
    }

    private void Fill(IPAddress address)
    {
        for (var wrong = 0; wrong < WrongKeyThrottle.Most; wrong++)
            throttle.NoteWrong(address);
    }
}
