using System.Collections.Immutable;

namespace BackupOnline.Rules.Traffic;

/// <summary>What a month's samples amount to. All values are bytes per slot unless they say otherwise.</summary>
public sealed record MonthMeasure
{
    /// <summary>n, every slot of the window.</summary>
    public required int Samples { get; init; }

    public required PercentileBasis Basis { get; init; }

    public required long P95InBytes { get; init; }

    public required long P95OutBytes { get; init; }

    public required long P95SumBytes { get; init; }

    public required long P95MaxBytes { get; init; }

    /// <summary>The percentile that counts.</summary>
    public required long P95Bytes { get; init; }

    /// <summary>The series that it was taken of: never <see cref="PercentileBasis.HigherOfInOut"/>, but in or out; in when they tie.</summary>
    public required PercentileBasis Series { get; init; }

    /// <summary>Slots above the limit, strictly, of <see cref="Series"/>.</summary>
    public required int SamplesOverCap { get; init; }

    /// <summary>True when <see cref="P95Bytes"/> is above the limit, strictly.</summary>
    public required bool Exceeded { get; init; }

    public required long TotalInBytes { get; init; }

    public required long TotalOutBytes { get; init; }

    /// <summary>Bytes of the month that the burst policy goes by: of the larger direction for higher-of-in-out, else of <see cref="Series"/>.</summary>
    public required long VolumeBytes { get; init; }

    /// <summary>Slots of the window in which something crossed.</summary>
    public required int BusySlots { get; init; }

    /// <summary>The highest F+1 slots of the in series that are not 0, highest first, the earlier slot first where they tie.</summary>
    public required ImmutableArray<RankedSlot> TopIn { get; init; }

    /// <summary>As <see cref="TopIn"/>, of the out series.</summary>
    public required ImmutableArray<RankedSlot> TopOut { get; init; }

    /// <summary>As <see cref="TopIn"/>, of <see cref="Series"/>.</summary>
    public required ImmutableArray<RankedSlot> Top { get; init; }

    public int Rank => PercentileRule.Rank(Samples);

    public int FreeSamples => PercentileRule.FreeSamples(Samples);

    /// <summary>The free samples as hours, exact: 36 in a month of 30 days.</summary>
    public Fraction FreeHours => new(FreeSamples * (long)TrafficSlot.Seconds, 3600);

    /// <summary>The slot that decides: the highest that is left after the free ones. Null when the percentile is 0.</summary>
    public RankedSlot? Deciding => Top.Length > FreeSamples ? Top[FreeSamples] : null;
}
