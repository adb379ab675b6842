using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>A contract at an instant: everything that follows from its record and the time.</summary>
public sealed record ContractMoment
{
    public required ContractStanding Standing { get; init; }

    /// <summary>The present period, or the last one; null before the first payment.</summary>
    public TermPeriod? Period { get; init; }

    /// <summary>The first instant at which it no longer runs; null while it renews.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>A local midnight, at most 30 days after the end; null while it renews, and after abuse.</summary>
    public Instant? TransitionEndsAt { get; init; }

    /// <summary>A local midnight, at least 30 days after the transition: from here on erasure is due. After abuse, the end itself. Null while it renews.</summary>
    public Instant? ErasureDueAt { get; init; }

    /// <summary>True for a protected client, in a period whose beginning was not validly announced.</summary>
    public bool MayLeaveAtOnce { get; init; }

    /// <summary>The prices of all periods that have begun, less what was left of one that the customer left at once.</summary>
    public long DueCents { get; init; }

    public long PaidCents { get; init; }

    public bool IsOver => Standing is ContractStanding.Withdrawn or >= ContractStanding.Transition;
}
