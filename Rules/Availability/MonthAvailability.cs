using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>A civil month's availability and what it credits.</summary>
public sealed record MonthAvailability
{
    public required YearMonth Month { get; init; }

    /// <summary>The local midnight that ends the month: from here on its credit counts for the term.</summary>
    public required Instant SealedAt { get; init; }

    /// <summary>Length of the part of the month in which the contract ran, in whole seconds.</summary>
    public required long ActiveSeconds { get; init; }

    /// <summary>Attributable outages inside that part, in whole seconds.</summary>
    public required long DownSeconds { get; init; }

    /// <summary>What extends the paid term, in seconds.</summary>
    public required long CreditSeconds { get; init; }

    /// <summary>Availability below the committed 90 %: an incident.</summary>
    public required bool BelowCommitment { get; init; }

    /// <summary>Availability in per cent, to 4 decimals, halves to even; 100 for a month in which nothing ran.</summary>
    public decimal Percent => ActiveSeconds == 0 ? 100 : decimal.Round(100m * (ActiveSeconds - DownSeconds) / ActiveSeconds, 4);
}
