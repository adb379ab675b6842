using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>
/// Which slots of a job are burst slots and which are quiet ones, so that the month's 95th percentile stays at the contract's limit (article 7) and the work ends in
/// time. A burst slot costs one credit, of which a month has floor(n/20); a quiet one stays under the limit. Future need is put aside first, what is spare is
/// shared over the days that are left, and what a day gets it uses first, so that its backup ends early. Where conformity is out of reach a raised, even level
/// costs the customer less than bursts do. No plan ever stops work.
/// </summary>
public static class PacingRule
{
    /// <summary>
    /// The plan from <paramref name="now"/> on. Burst slots are whole slots from a slot's start; a present slot that has begun stays what it is (quiet, or burst when it
    /// is above the limit already), except when there are plenty of credits. Credits are counted in this month only. Needed credits are rounded up, shares of spare ones down.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or work is above 10^15 bytes.</exception>
    public static PacingPlan Plan(PacingSituation situation, Instant now, PacingPolicy policy)
    {
        var work = PacingWork.Of(situation, now, policy);
        if (work.Bytes == 0) return Nothing(situation, policy, work);

        var needed = work.NeededCredits(policy);
        var today = Math.Max(needed, Credits(situation.DayBytes + work.DayBytes, PacingPolicy.DaySlots, policy));
        var expected = PacingReserve.Of(situation, work, 100, policy);
        var reserved = PacingReserve.Of(situation, work, policy.MarginPercent, policy);
        var reachable = situation.CreditsLeft + work.CreditsAfterMonthEnd;
        PacingReason? beyond =
            situation.CreditsLeft < 0 ? PacingReason.MonthExceeded
            : needed > reachable && work.SlotsLeft <= policy.SureSlots ? PacingReason.TodayOutOfReach
            : (needed + expected - policy.OutOfReachSlots) * 100L > reachable * (long)policy.OutOfReachPercent ? PacingReason.MonthOutOfReach
            : null;
        if (beyond is { } reason) return PacingRaised.Plan(situation, work, reason, needed, reserved, policy);

        var held = (int)(Math.Sqrt(Math.Max(0, situation.MonthEndSlot - work.FirstSlot) * 20.0 * situation.FreeSlots) * policy.ReservePercent / 2_000);
        var spare = situation.CreditsLeft + situation.DayUsedSlots - today - reserved - held;
        var share = Math.Max(0, spare) / (1 + situation.LaterDays.Length);
        // Twice what sending at once would take: nobody is helped by waiting for a slot's start or by a quiet tail.
        if (share - situation.DayUsedSlots >= 2 * work.SlotsAtOnce(policy))
            return AtOnce(situation, now, policy) with { Reason = PacingReason.PlentyOfCredits, NeededCredits = needed, ReservedCredits = reserved };

        var wanted = Math.Min(today + share - situation.DayUsedSlots, work.FullBurstSlots(policy));
        var tight = spare < 0;
        var bursts = Math.Min(tight ? needed : Math.Max(needed, wanted), reachable);
        var from = tight ? work.LatestStart(policy) : work.FirstSlot;
        return work.Fill(bursts, from, situation.CreditsLeft, PacingKind.Quiet, policy.QuietBytes, policy) with
        {
            Reason = ReasonOf(bursts, needed, tight, work.FullBurstSlots(policy)),
            NeededCredits = needed,
            ReservedCredits = reserved,
        };
    }

    /// <summary>The fewest burst slots among <paramref name="slots"/> slots that carry the bytes when all others are quiet, rounded up; more than there are slots when none suffice.</summary>
    public static int Credits(long bytes, long slots, PacingPolicy policy)
    {
        var over = bytes - (slots * policy.QuietBytes);
        if (over <= 0) return 0;
        var gain = policy.BurstBytes - policy.QuietBytes;
        return gain == 0 ? int.MaxValue / 4 : (int)Math.Min((over + gain - 1) / gain, int.MaxValue / 4);
    }

    /// <summary>
    /// One job's part of a slot's allowance when a tenant has several under way: nine tenths for the one that is due first, the rest for the others in equal parts, rounded
    /// down; never 0, so that none is blocked.
    /// </summary>
    /// <param name="place">The job's place by deadline, from 0.</param>
    /// <param name="jobs">How many are under way, 1 or more.</param>
    public static long PartOf(long slotBytes, int place, int jobs)
    {
        if (jobs == 1) return Math.Max(1, slotBytes);
        var others = slotBytes / 10 / (jobs - 1);
        return Math.Max(1, place == 0 ? slotBytes - (others * (jobs - 1)) : others);
    }

    private static PacingPlan AtOnce(PacingSituation situation, Instant now, PacingPolicy policy)
    {
        var work = PacingWork.Of(situation, now, policy, burstsAtOnce: true);
        var bursts = (int)work.SlotsAtOnce(policy);
        var plan = work.Fill(bursts, work.FirstSlot, bursts, PacingKind.Quiet, policy.QuietBytes, policy);
        var present = situation.PresentSlotBytes <= policy.CapBytes && situation.PresentSlotBytes + work.PresentBytes > policy.CapBytes ? 1 : 0;
        return plan with { Credits = plan.Credits + present };
    }

    private static PacingReason ReasonOf(int bursts, int needed, bool tight, int full) =>
        needed > 0 && tight ? PacingReason.LateCredits
        : needed > 0 ? PacingReason.NeededCredits
        : bursts > 0 ? PacingReason.SpareCredits
        : full == 0 ? PacingReason.SmallWork
        : PacingReason.CreditsKept;

    private static PacingPlan Nothing(PacingSituation situation, PacingPolicy policy, PacingWork work) => new()
    {
        Reason = PacingReason.NothingToSend,
        Spans = [],
        Credits = 0,
        NeededCredits = 0,
        ReservedCredits = PacingReserve.Of(situation, work, policy.MarginPercent, policy),
        LastSlot = work.FirstSlot,
    };
}
