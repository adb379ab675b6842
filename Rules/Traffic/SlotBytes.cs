namespace BackupOnline.Rules.Traffic;

/// <summary>Bytes of a tenant in one slot, each direction by itself: in is what our nodes received, out is what they sent.</summary>
public readonly record struct SlotBytes(long InBytes, long OutBytes)
{
    public bool IsZero => InBytes == 0 && OutBytes == 0;

    public static SlotBytes operator +(SlotBytes left, SlotBytes right) => new(left.InBytes + right.InBytes, left.OutBytes + right.OutBytes);

    /// <summary>The larger of each direction: of two readings of one cumulative counter the larger is the newer.</summary>
    public static SlotBytes Larger(SlotBytes left, SlotBytes right) => new(Math.Max(left.InBytes, right.InBytes), Math.Max(left.OutBytes, right.OutBytes));

    /// <summary>The value of one series. There is no such value for <see cref="PercentileBasis.HigherOfInOut"/>, which is two series.</summary>
    public long Of(PercentileBasis series) => series switch
    {
        PercentileBasis.In => InBytes,
        PercentileBasis.Out => OutBytes,
        PercentileBasis.Sum => InBytes + OutBytes,
        PercentileBasis.MaxPerSlot => Math.Max(InBytes, OutBytes),
        _ => throw new ArgumentOutOfRangeException(nameof(series), series, "Not a single series."),
    };
}
