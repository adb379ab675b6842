namespace BackupOnline.Engine.Pruning;

/// <summary>How much unused data may stay in packs that are partly used: repacking the last of it costs more than it frees. A size, or a part of what is stored.</summary>
public readonly record struct UnusedLimit
{
    private readonly double _usedFactor;
    private readonly long _bytes;

    private UnusedLimit(double usedFactor, long bytes) => (_usedFactor, _bytes) = (usedFactor, bytes);

    /// <summary>restic's default.</summary>
    public static UnusedLimit FivePercent { get; } = OfPercent(5);

    public static UnusedLimit Unlimited { get; } = new(0, long.MaxValue);

    public static UnusedLimit OfBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new UnusedLimit(0, bytes);
    }

    /// <summary>A part of the whole, used and unused together, as restic counts it; 0 to below 100.</summary>
    public static UnusedLimit OfPercent(double percent)
    {
        if (percent is not (>= 0 and < 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "A part is at least 0 and below 100 percent.");
        return new UnusedLimit(percent / (100 - percent), 0);
    }

    /// <summary>Unused bytes that may stay beside so many used bytes.</summary>
    public long Beside(long usedBytes) => _usedFactor > 0 ? (long)Math.Min(_usedFactor * usedBytes, long.MaxValue / 2) : _bytes;
}
