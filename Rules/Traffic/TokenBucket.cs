namespace BackupOnline.Rules.Traffic;

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371): a rate limit whose whole state is one number, the next free time, so that any number of streams can share
/// it by compare-and-exchange. Times are nanoseconds of any monotone clock. Nothing is ever refused: the answer is how long to wait (article 7: never blocked).
/// </summary>
public static class TokenBucket
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// Takes <paramref name="bytes"/> out of the bucket. Over any time t at most rate * (t + burst) and one piece go through, and a stream that always has
    /// something to send gets exactly the rate, up to the rounding: a piece's cost in time is rounded up to a whole nanosecond.
    /// </summary>
    /// <param name="nextFree">When the bucket is free again, as the last grant left it; 0 for a new one.</param>
    /// <param name="now">Nanoseconds; a clock that jumps back only makes the wait longer.</param>
    /// <param name="bytes">0 or more.</param>
    /// <param name="bitsPerSecond">1 or more. May differ from call to call: a new rate holds for what is taken from now on.</param>
    /// <param name="burst">Nanoseconds' worth of unused rate that are kept for later; 0 keeps nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or the rate is not positive.</exception>
    public static TokenGrant Take(long nextFree, long now, long bytes, long bitsPerSecond, long burst)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfNegative(burst);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsPerSecond, 1);
        var from = Math.Max(nextFree, now - burst);
        return new TokenGrant(from + Cost(bytes, bitsPerSecond), Math.Max(0, from - now));
    }

    /// <summary>Nanoseconds that the bytes last at the rate, rounded up.</summary>
    public static long Cost(long bytes, long bitsPerSecond) =>
        (long)((((Int128)bytes * 8 * NanosecondsPerSecond) + bitsPerSecond - 1) / bitsPerSecond);
}
