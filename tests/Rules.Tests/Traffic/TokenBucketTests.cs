using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class TokenBucketTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(0, 0, 0, 100_000_000, 0, 0, 0)]
    [InlineData(0, 0, 12_500_000, 100_000_000, 0, Second, 0)] // one second's worth goes at once and keeps the bucket for a second
    [InlineData(Second, 0, 1, 8, 0, 2 * Second, Second)] // the next one waits for it
    [InlineData(0, 10 * Second, 1, 8, 0, 11 * Second, 0)] // an idle bucket saves nothing
    [InlineData(0, 10 * Second, 1, 8, 3 * Second, 8 * Second, 0)] // but its burst
    [InlineData(0, 0, 1, 3, 0, 2_666_666_667, 0)] // a part of a nanosecond counts as a whole one
    [InlineData(5 * Second, 4 * Second, 0, 8, 0, 5 * Second, Second)] // a clock that jumped back waits longer
    public void The_next_free_time_moves_by_what_was_taken(long nextFree, long now, long bytes, long rate, long burst, long expected, long wait)
    {
        Assert.Equal(new TokenGrant(expected, wait), TokenBucket.Take(nextFree, now, bytes, rate, burst));
    }

    [Theory]
    [InlineData(-1, 8, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, -8, 0)]
    [InlineData(1, 8, -1)]
    public void Absurd_counts_are_refused(long bytes, long rate, long burst)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenBucket.Take(0, 0, bytes, rate, burst));
    }

    [Fact]
    public void A_large_piece_at_a_low_rate_does_not_overflow() => Assert.Equal(8_000_000_000 * Second, TokenBucket.Cost(1_000_000_000, 1));

    [Fact]
    public void In_any_time_at_most_the_rate_and_the_burst_go_through_and_a_busy_stream_gets_the_rate()
    {
        Gen.Select(Gen.Long[1_000_000, 1_000_000_000], Gen.Long[0, Second], Gen.Int[1, 1 << 20].Array[1, 60]).Sample((rate, burst, pieces) =>
        {
            long next = 0, now = 10 * Second, sent = 0;
            foreach (var piece in pieces)
            {
                var grant = TokenBucket.Take(next, now, piece, rate, burst);
                now += grant.Wait;
                next = grant.NextFree;
                Assert.True((Int128)sent * 8 * Second <= (Int128)rate * (now - (10 * Second) + burst));
                sent += piece;
            }

            // It never waited for longer than what had gone before it was worth.
            Assert.True(now - (10 * Second) <= TokenBucket.Cost(sent, rate) + pieces.Length);
        });
    }
}
