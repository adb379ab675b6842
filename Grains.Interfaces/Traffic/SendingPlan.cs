using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>How a run is to send so that the month conforms and the run ends in time (contract article 7). A wish, not a limit: the shelf's ceiling is what holds.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.plan")]
public sealed record SendingPlan
{
    [Id(0)] public required string Job { get; init; }

    /// <summary>The clock of the spans, when the plan was made.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }

    /// <summary>In kebab-case: <c>plenty-of-credits</c>, <c>spare-credits</c>, <c>needed-credits</c>, <c>late-credits</c>, <c>credits-kept</c>, <c>small-work</c>, <c>today-out-of-reach</c>, <c>month-out-of-reach</c>, <c>month-exceeded</c>, <c>not-paced</c>.</summary>
    [Id(2)] public required string Reason { get; init; }

    /// <summary>In order; after the last one its rate stays. Empty: as fast as the shelf lets it.</summary>
    [Id(3)] public required ImmutableArray<SendingSpan> Spans { get; init; }

    /// <summary>Bytes that the tenant's runs have still to send, as far as can be told.</summary>
    [Id(4)] public required long BytesLeft { get; init; }

    /// <summary>Burst slots of this plan in this month, and those of them without which the work would not end in time.</summary>
    [Id(5)] public required int Credits { get; init; }

    [Id(6)] public required int NeededCredits { get; init; }

    /// <summary>Credits that are put aside for later days of the month, and those left in all; negative in a month that is exceeded.</summary>
    [Id(7)] public required int ReservedCredits { get; init; }

    [Id(8)] public required int CreditsLeft { get; init; }

    /// <summary>When the last byte is expected to have gone.</summary>
    [Id(9)] public required DateTimeOffset EndsAt { get; init; }
}
