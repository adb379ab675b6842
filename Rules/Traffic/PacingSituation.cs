using System.Collections.Immutable;

namespace BackupOnline.Rules.Traffic;

/// <summary>What is known when a plan is made: one tenant, one direction (article 7: received and sent bytes have each their own percentile). Slots are floor(unix seconds / 300).</summary>
public sealed record PacingSituation
{
    /// <summary>First slot of the next month.</summary>
    public required long MonthEndSlot { get; init; }

    /// <summary>Credits of the whole month: floor(n / 20).</summary>
    public required int FreeSlots { get; init; }

    /// <summary>Slots above the limit so far, the present one included as soon as it is above. May exceed <see cref="FreeSlots"/>.</summary>
    public required int UsedSlots { get; init; }

    /// <summary>Slots above <see cref="PacingPolicy.HighBytes"/> so far, the present one included.</summary>
    public required int HighSlots { get; init; }

    /// <summary>The percentile with the future counted as 0: a level that costs nothing in a month that is exceeded already.</summary>
    public required long LowerBoundBytes { get; init; }

    /// <summary>Bytes in the present slot so far.</summary>
    public long PresentSlotBytes { get; init; }

    /// <summary>Credits of the next month, for work that runs over the month's end.</summary>
    public int NextFreeSlots { get; init; }

    /// <summary>Slots above the limit since the present day's work began: its share was taken from credits that included them.</summary>
    public int DayUsedSlots { get; init; }

    /// <summary>Bytes since the present day's work began.</summary>
    public long DayBytes { get; init; }

    /// <summary>What is under way, in any order.</summary>
    public required ImmutableArray<PacingJob> Jobs { get; init; }

    /// <summary>The daily backups that begin later this month, in order.</summary>
    public required ImmutableArray<PacingDay> LaterDays { get; init; }

    /// <summary>Credits that are left; negative in a month that is exceeded.</summary>
    public int CreditsLeft => FreeSlots - UsedSlots;
}
