using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>
/// The 5-minute slots of metering (contract article 7). A slot's number is floor(unix seconds / 300): slots depend on no zone, and the start belongs to the
/// slot, the end to the next one. Bytes belong to the slot in which they crossed the node's socket.
/// </summary>
public static class TrafficSlot
{
    /// <summary>Length of a slot in seconds.</summary>
    public const int Seconds = 300;

    /// <summary>Number of the slot that holds <paramref name="instant"/>, rounded down, before 1970 too.</summary>
    public static long Of(Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return (seconds / Seconds) - (seconds % Seconds < 0 ? 1 : 0);
    }

    /// <summary>First instant of the slot, inclusive; the exclusive end of the slot before.</summary>
    public static Instant Start(long slot) => Instant.FromUnixTimeSeconds(slot * Seconds);

    /// <summary>Bytes that a line of <paramref name="bitsPerSecond"/> carries in one slot, rounded down.</summary>
    public static long BytesAt(long bitsPerSecond) => (long)((Int128)bitsPerSecond * Seconds / 8);

    /// <summary>The mean rate in bit/s of <paramref name="bytes"/> within one slot, exact.</summary>
    public static Fraction BitsPerSecond(long bytes) => new(bytes * (System.Numerics.BigInteger)8, Seconds);
}
