namespace BackupOnline.Rules.Traffic;

/// <summary>How a monotone counter of somebody else's is read, where there is no counter per slot.</summary>
public static class CounterRule
{
    private const long Wrap32 = 1L << 32;

    /// <summary>
    /// Bytes between two readings. A counter that went on gives the difference. One that went back has wrapped if it is 32 bits wide and the difference over
    /// the wrap fits the line (bits up to and including line rate x time); else it was reset, and what it shows now is all that is known.
    /// </summary>
    /// <param name="width">Bits of the counter.</param>
    /// <param name="seconds">Time between the readings.</param>
    /// <param name="lineBitsPerSecond">What the line can carry.</param>
    public static CounterDelta Between(long previous, long current, int width, long seconds, long lineBitsPerSecond)
    {
        if (current >= previous) return new(current - previous, CounterKind.Ok);
        var wrapped = current - previous + Wrap32;
        return width == 32 && (Int128)wrapped * 8 <= (Int128)lineBitsPerSecond * seconds
            ? new(wrapped, CounterKind.Wrap)
            : new(current, CounterKind.Reset);
    }
}
