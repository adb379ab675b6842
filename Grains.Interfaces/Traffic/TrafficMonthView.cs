using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A tenant's month of traffic (contract article 7). Bytes per slot of 300 s unless a name says otherwise.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.month")]
public sealed record TrafficMonthView
{
    [Id(0)] public required string Tenant { get; init; }

    /// <summary><c>2026-11</c>.</summary>
    [Id(1)] public required string Month { get; init; }

    [Id(2)] public required string Zone { get; init; }

    [Id(3)] public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(4)] public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When the month is or was sealed: 48 hours after its end.</summary>
    [Id(5)] public required DateTimeOffset SealsAt { get; init; }

    [Id(6)] public required bool Sealed { get; init; }

    [Id(7)] public required int PolicyVersion { get; init; }

    [Id(8)] public required TrafficBasis Basis { get; init; }

    /// <summary>Slots of the month, n.</summary>
    [Id(9)] public required int Samples { get; init; }

    /// <summary>Slots that have ended.</summary>
    [Id(10)] public required int Elapsed { get; init; }

    /// <summary>Position that counts in ascending order, from 1.</summary>
    [Id(11)] public required int Rank { get; init; }

    /// <summary>Slots that do not count whatever they are: the month's credits.</summary>
    [Id(12)] public required int FreeSamples { get; init; }

    [Id(13)] public required int LimitKbps { get; init; }

    [Id(14)] public required long LimitBytes { get; init; }

    /// <summary>Of the series that counts. While the month runs: the bound that cannot fall any more.</summary>
    [Id(15)] public required long P95Bytes { get; init; }

    [Id(16)] public required long P95InBytes { get; init; }

    [Id(17)] public required long P95OutBytes { get; init; }

    /// <summary><c>in</c>, <c>out</c>, <c>sum</c> or <c>max-per-slot</c>: the series that counts.</summary>
    [Id(18)] public required string Series { get; init; }

    [Id(19)] public required bool Exceeded { get; init; }

    [Id(20)] public required long TotalInBytes { get; init; }

    [Id(21)] public required long TotalOutBytes { get; init; }

    /// <summary>Slots with traffic.</summary>
    [Id(22)] public required int BusySlots { get; init; }

    /// <summary>Slots above the limit: each costs a credit.</summary>
    [Id(23)] public required long CreditsUsed { get; init; }

    /// <summary>Negative once the month is above the limit.</summary>
    [Id(24)] public required long CreditsLeft { get; init; }

    /// <summary>The percentile of the elapsed part alone. Misleading while the month runs; for comparison with other tools.</summary>
    [Id(25)] public required long NaiveBytes { get; init; }

    /// <summary>The percentile that the month is heading for; the percentile itself once it has ended.</summary>
    [Id(26)] public required long ForecastBytes { get; init; }

    /// <summary>How the tenant may burst in this month.</summary>
    [Id(27)] public required TrafficRegime Burst { get; init; }

    /// <summary>And in the next one, as the forecast says.</summary>
    [Id(28)] public required TrafficRegime NextBurst { get; init; }

    /// <summary>The percentile after corrections: never above <see cref="P95Bytes"/>.</summary>
    [Id(29)] public required long CorrectedP95Bytes { get; init; }

    [Id(30)] public required ImmutableArray<TrafficCorrectionView> Corrections { get; init; }

    /// <summary>The operator's override that is in force, if any.</summary>
    [Id(31)] public BurstOverrideView? Override { get; init; }

    /// <summary>SHA-256 of the sealed document; null before.</summary>
    [Id(32)] public string? Hash { get; init; }
}
