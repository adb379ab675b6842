using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>How a contract ends.</summary>
public sealed record ContractTermination
{
    public required TerminationCause Cause { get; init; }

    /// <summary>When the customer said so, or the second person confirmed. Except for a notice, this is also the end.</summary>
    public required Instant At { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    /// <summary>The price of what is left of the period that a customer left at once, in hundredths; 0 otherwise.</summary>
    public long UnusedCents { get; init; }
}
