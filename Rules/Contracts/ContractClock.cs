using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>Reads a contract at an instant (articles 4, 5, 6, 9). Nothing has to have been told for it to be right.</summary>
public static class ContractClock
{
    /// <summary>Where the contract stands at <paramref name="now"/>. All spans are half-open: in the very instant of an end the next thing has begun.</summary>
    public static ContractMoment At(ContractRecord contract, Instant now)
    {
        var paid = contract.Payments.Where(payment => payment.TurnedAway is null).Sum(payment => payment.Cents);
        if (contract.FirstPaymentAt is not { } first || now < first)
        {
            return new() { Standing = contract.WithdrawnAt is null ? ContractStanding.Ordered : ContractStanding.Withdrawn, PaidCents = paid };
        }

        var calendar = contract.Calendar;
        var last = LastPeriod(contract, calendar);
        var present = calendar.IndexAt(now);
        var index = Math.Min(present, last ?? present);
        var period = calendar.Period(index, isLast: contract.Termination?.Cause == TerminationCause.Notice);
        var moment = new ContractMoment
        {
            Standing = index == 1 ? ContractStanding.Active : ContractStanding.Renewed,
            Period = period,
            MayLeaveAtOnce = index > 1 && Announcement(contract, calendar.Period(index - 1)).MayLeaveAtOnce,
            DueCents = Enumerable.Range(1, index).Sum(contract.PriceOf) - (contract.Termination?.UnusedCents ?? 0),
            PaidCents = paid,
        };
        return contract.Termination is { } termination ? Ending(contract, termination, moment, now) : moment;
    }

    /// <summary>What the renewal notices of <paramref name="period"/> are worth, by its credited end.</summary>
    public static NoticeVerdict Announcement(ContractRecord contract, TermPeriod period) =>
        NoticeRule.Judge(period.EndDate, SentOn(contract, NoticeDuty.RenewalOf(period.Index)), contract.IsProtected, contract.PolicyOf(period.Index));

    /// <summary>
    /// Where the contract runs, for counting its availability: from the first payment, to its end without the credits of months that were not sealed when it ended,
    /// exclusive; without an end while it renews. Null before the first payment.
    /// </summary>
    public static Interval? Running(ContractRecord contract)
    {
        if (contract.FirstPaymentAt is not { } first) return null;
        return contract.Termination switch
        {
            null => new(first, null),
            { Cause: TerminationCause.Notice } notice => new(first, contract.Calendar.End(contract.Calendar.IndexAt(notice.At)).At),
            { At: var at } => new(first, Instant.Max(first, at)),
        };
    }

    /// <summary>The civil days on which a notice was given.</summary>
    internal static IEnumerable<LocalDate> SentOn(ContractRecord contract, string duty) =>
        contract.Notices.Where(notice => notice.Duty == duty).Select(notice => notice.SentOn);

    // By the instant of the termination and not by a number: a month that is sealed late may show that it fell into an earlier period.
    private static int? LastPeriod(ContractRecord contract, TermCalendar calendar) =>
        contract.Termination is { } termination ? calendar.IndexAt(termination.At) : null;

    private static ContractMoment Ending(ContractRecord contract, ContractTermination termination, ContractMoment moment, Instant now)
    {
        var policy = contract.PolicyOf(moment.Period!.Index);
        var end = termination.Cause == TerminationCause.Notice ? moment.Period.End : termination.At;
        Instant? transitionEnd = termination.Cause == TerminationCause.Abuse
            ? null
            : MidnightAtOrBefore(end + Duration.FromDays(policy.TransitionDays), policy.Zone);
        var erasureDue = transitionEnd is { } over
            ? TermCalendar.MidnightAtOrAfter(over + Duration.FromDays(policy.RetrievalDays), policy.Zone)
            : end;
        return moment with
        {
            EndsAt = end,
            TransitionEndsAt = transitionEnd,
            ErasureDueAt = erasureDue,
            Standing = contract.Erasure is not null ? ContractStanding.Erased
                : now < end ? ContractStanding.NoticeGiven
                : now < transitionEnd ? ContractStanding.Transition
                : now < erasureDue ? ContractStanding.Retrieval
                : ContractStanding.ErasureDue,
        };
    }

    private static Instant MidnightAtOrBefore(Instant instant, DateTimeZone zone) => zone.AtStartOfDay(instant.InZone(zone).Date).ToInstant();
}
