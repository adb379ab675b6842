using BackupOnline.StorageNode.Shaping;

namespace BackupOnline.StorageNode.Tests;

/// <summary>The arithmetic of shaping, in a time of its own.</summary>
public sealed class GcraTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(100_000_000, 1)]
    [InlineData(100_000_000, 8)]
    [InlineData(50_000_000, 3)]
    [InlineData(5_000_000, 1)]
    [InlineData(5_000_000, 64)]
    [InlineData(256_000, 8)]
    public void Streams_together_keep_the_rate_within_half_a_percent_of_ten_seconds(long bitsPerSecond, int streams)
    {
        var gate = new Gcra(Second);
        var piece = (int)Math.Clamp(bitsPerSecond / 8 / 100, 1 << 10, 256 << 10);
        var (bytes, end) = (0L, 10 * Second);

        // Each stream sends its piece when it may, and at once asks for the next.
        var due = new PriorityQueue<int, long>(Enumerable.Range(0, streams).Select(i => (i, Wake(0))));
        while (due.TryDequeue(out _, out var now) && now <= end)
        {
            bytes += piece;
            due.Enqueue(0, Wake(now));
        }

        Assert.InRange(bytes * 8 / 10.0 / bitsPerSecond, 0.995, 1.005);

        long Wake(long now) => now + Math.Max(0, gate.Take(piece, bitsPerSecond, now));
    }

    [Fact]
    public void Timers_that_are_late_by_less_than_the_burst_cost_nothing()
    {
        var gate = new Gcra(Second);
        var dice = new Random(1);
        var (bytes, now) = (0L, 0L);
        while (now < 10 * Second)
        {
            now += Math.Max(0, gate.Take(125_000, 100_000_000, now)) + dice.NextInt64(Second / 1000 * 15);
            bytes += 125_000;
        }

        Assert.InRange(bytes * 8 / 10.0 / 100_000_000, 0.99, 1.005);
    }

    [Fact]
    public void A_pause_earns_no_more_than_the_burst()
    {
        var gate = new Gcra(Second);
        gate.Take(1_000_000, 8_000_000, 0);
        var later = 3600 * Second;

        Assert.True(gate.Take(30_000, 8_000_000, later) <= 0);
        Assert.Equal(Second / 1000 * 10, gate.Take(10_000, 8_000_000, later));
    }

    [Fact]
    public void Nobody_is_held_longer_than_three_seconds_and_debts_do_not_grow_beyond()
    {
        var gate = new Gcra(Second);
        for (var i = 0; i < 1000; i++)
            Assert.InRange(gate.Take(1 << 20, 5_000_000, 0), 0, 3 * Second);

        Assert.Equal(0, gate.Take(0, 5_000_000, 3 * Second));
    }

    [Fact]
    public void Takers_at_once_pay_each_for_itself()
    {
        var gate = new Gcra(Second);
        Parallel.For(0, 1000, _ => gate.Take(100, 8_000_000, 0));

        Assert.Equal((100 * 1000 * Second / 1_000_000) - (Second / 1000 * 30), gate.Wait(0));
    }
}
