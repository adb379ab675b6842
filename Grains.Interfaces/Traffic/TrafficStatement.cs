using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What a customer gets to check a month with: the rule in words, the numbers, the curve, the slot that decides, the jobs above it.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.statement")]
public sealed record TrafficStatement
{
    [Id(0)] public required TrafficMonthView Month { get; init; }

    /// <summary>The rule with the month's own numbers, sentence by sentence.</summary>
    [Id(1)] public required ImmutableArray<BilingualText> Rule { get; init; }

    /// <summary>The highest F+1 slots of the series that counts, highest first; those of 0 bytes are left out.</summary>
    [Id(2)] public required ImmutableArray<CurvePoint> Curve { get; init; }

    /// <summary>The point at position F+1, or null when the percentile is 0.</summary>
    [Id(3)] public CurvePoint? Deciding { get; init; }

    /// <summary>In order of start, at most 500.</summary>
    [Id(4)] public required ImmutableArray<SlotJob> JobsAbove { get; init; }

    /// <summary>What was sealed, text whose SHA-256 is the month's hash; null before.</summary>
    [Id(5)] public string? SealedDocument { get; init; }
}
