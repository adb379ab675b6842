using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>One period of a contract, half-open.</summary>
public sealed record TermPeriod
{
    /// <summary>1 for the first.</summary>
    public required int Index { get; init; }

    /// <summary>Inclusive: the first payment's instant, or the credited end of the period before.</summary>
    public required Instant Start { get; init; }

    /// <summary>The boundary without credits: the start of <see cref="NominalEndDate"/>.</summary>
    public required Instant NominalEnd { get; init; }

    public required LocalDate NominalEndDate { get; init; }

    /// <summary>Exclusive, credits included: the start of <see cref="EndDate"/>.</summary>
    public required Instant End { get; init; }

    public required LocalDate EndDate { get; init; }

    /// <summary>The credits that count for this end, all since the first payment, in seconds.</summary>
    public required long CreditSeconds { get; init; }
}
