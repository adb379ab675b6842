using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>A tenant's civil month, provisional or sealed (contract article 6).</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.month")]
public sealed record AvailabilityMonthView
{
    [Id(0)] public required string Tenant { get; init; }

    /// <summary><c>2026-11</c>.</summary>
    [Id(1)] public required string Month { get; init; }

    [Id(2)] public required string TimeZone { get; init; }

    /// <summary>Inclusive.</summary>
    [Id(3)] public required DateTimeOffset Start { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(4)] public required DateTimeOffset End { get; init; }

    /// <summary>Minutes from here on are not judged yet; the end of the month once it is sealed.</summary>
    [Id(5)] public required DateTimeOffset JudgedUntil { get; init; }

    /// <summary>When it was sealed; null while it is provisional.</summary>
    [Id(6)] public DateTimeOffset? SealedAt { get; init; }

    [Id(7)] public required int UpMinutes { get; init; }

    /// <summary>Down, and the provider answers for it; those without a result included.</summary>
    [Id(8)] public required int DownMinutes { get; init; }

    /// <summary>Of these, without any result.</summary>
    [Id(9)] public required int UnprobedMinutes { get; init; }

    [Id(10)] public required int CustomerMinutes { get; init; }

    [Id(11)] public required int InternetMinutes { get; init; }

    [Id(12)] public required int ForceMajeureMinutes { get; init; }

    /// <summary>Before the first vault, or suspended.</summary>
    [Id(13)] public required int NotCountedMinutes { get; init; }

    /// <summary>100 x (1 - down / active seconds), rounded to 4 decimals, half to even; null when no second is active yet.</summary>
    [Id(14)] public decimal? AvailabilityPercent { get; init; }

    /// <summary>What the percentage is of: the month inside the contract; without a contract the judged minutes that count.</summary>
    [Id(15)] public required long ActiveSeconds { get; init; }

    /// <summary>The provider's outages inside it, as one union.</summary>
    [Id(16)] public required long DownSeconds { get; init; }

    /// <summary>Five times the down seconds when they are more than 1 % of the active ones, else 0; what the contract credited once it is sealed.</summary>
    [Id(17)] public required long CreditSeconds { get; init; }

    /// <summary>Credited by corrections after the seal, on top.</summary>
    [Id(18)] public required long CorrectionSeconds { get; init; }

    /// <summary>Below the commitment of 90 %.</summary>
    [Id(19)] public required bool BelowCommitment { get; init; }

    /// <summary>False when no contract runs in this month: nothing is credited.</summary>
    [Id(20)] public required bool InContract { get; init; }

    [Id(21)] public required ImmutableArray<AvailabilityOutageView> Outages { get; init; }

    [Id(22)] public required ImmutableArray<AvailabilityDayView> Days { get; init; }

    [Id(23)] public required ImmutableArray<CorrectionView> Corrections { get; init; }
}
