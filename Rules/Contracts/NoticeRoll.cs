using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>Everything that a customer has to be told over the life of a contract.</summary>
public static class NoticeRoll
{
    /// <summary>
    /// The duties that exist at <paramref name="now"/>, in the order of their periods, then of the end: a renewal for every period so far whose end is not the contract's, given or
    /// not, and what the end demands. All clients are told of renewals; the law protects some of them.
    /// </summary>
    public static ImmutableArray<NoticeDuty> At(ContractRecord contract, Instant now) => At(contract, ContractClock.At(contract, now), 1);

    private static ImmutableArray<NoticeDuty> At(ContractRecord contract, ContractMoment moment, int fromPeriod)
    {
        if (moment.Period is not { } period) return [];

        var zone = contract.FirstPolicy.Zone;
        var policy = contract.PolicyOf(period.Index);
        var calendar = contract.Calendar;
        var duties = ImmutableArray.CreateBuilder<NoticeDuty>();
        var renewals = contract.Termination is null ? period.Index : period.Index - 1;
        for (var index = fromPeriod; index <= renewals; index++)
        {
            var ended = calendar.Period(index);
            var numbers = contract.PolicyOf(index);
            var due = NoticeRule.DueOn(ended.EndDate, numbers);
            duties.Add(Duty(contract, NoticeDuty.RenewalOf(index), NoticeSubject.Renewal, due, NoticeRule.Window(ended.EndDate, numbers)));
        }

        if (contract.Termination is not { } termination) return duties.ToImmutable();

        var asked = termination.At.InZone(zone).Date;
        duties.Add(Duty(contract, NoticeDuty.TerminationReceipt, NoticeSubject.TerminationReceipt, asked, new(asked, asked.PlusDays(policy.ReceiptDays))));
        if (moment.TransitionEndsAt is not null)
        {
            var due = moment.ErasureDueAt!.Value.InZone(zone).Date;
            var warned = due.PlusDays(-policy.ErasureWarningDays);
            duties.Add(Duty(contract, NoticeDuty.ErasureWarning, NoticeSubject.ErasureWarning, warned, new(asked, due.PlusDays(-1))));
        }

        if (contract.Erasure is { } erasure)
        {
            var erased = erasure.At.InZone(zone).Date;
            duties.Add(Duty(contract, NoticeDuty.ErasureCertificate, NoticeSubject.ErasureCertificate, erased, new(erased, erased.PlusDays(policy.ReceiptDays))));
        }

        return duties.ToImmutable();
    }

    /// <summary>The duties that nobody has validly fulfilled, whose day has come, whose last day is not over, and that were not told of yet.</summary>
    public static IEnumerable<NoticeDuty> FallenDue(ContractRecord contract, Instant now)
    {
        var today = now.InZone(contract.FirstPolicy.Zone).Date;
        return Present(contract, now).Where(duty => duty.DueOn <= today && today <= duty.Window.Latest && IsOpen(contract, duty));
    }

    /// <summary>The first local midnight after <paramref name="now"/> at which a duty falls due; null when none will, as far as can be seen.</summary>
    public static Instant? NextDue(ContractRecord contract, Instant now)
    {
        var zone = contract.FirstPolicy.Zone;
        var days = Present(contract, now).Where(duty => IsOpen(contract, duty)).Select(duty => zone.AtStartOfDay(duty.DueOn).ToInstant()).Where(at => at > now).ToList();
        return days.Count == 0 ? null : days.Min();
    }

    // The last day of an earlier period's notice is over; for a clock that was set back too: a renewal that was told of has happened.
    private static ImmutableArray<NoticeDuty> Present(ContractRecord contract, Instant now)
    {
        var moment = ContractClock.At(contract, now);
        return At(contract, moment, Math.Max(moment.Period?.Index ?? 1, contract.ToldPeriod));
    }

    private static bool IsOpen(ContractRecord contract, NoticeDuty duty) =>
        !duty.IsValid && !contract.ToldNotices.Contains(new(duty.Id, duty.DueOn));

    private static NoticeDuty Duty(ContractRecord contract, string id, NoticeSubject subject, LocalDate dueOn, NoticeWindow window)
    {
        var given = contract.Notices.Where(notice => notice.Duty == id).ToList();
        return new()
        {
            Id = id,
            Subject = subject,
            DueOn = dueOn,
            Window = window,
            Given = given.Find(notice => window.Contains(notice.SentOn)) ?? given.LastOrDefault(),
        };
    }
}
