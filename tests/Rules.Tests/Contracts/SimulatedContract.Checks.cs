using System.Collections.Immutable;
using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>What must hold on every day.</summary>
internal sealed partial class SimulatedContract
{
    private readonly List<(int Period, long Cents)> prices = [];
    private readonly List<(int Period, int Percent)> triggers = [];
    private readonly HashSet<object> told = [];
    private long paidCents, credited;
    private ContractStanding before;
    private (int Index, Instant End) presentBefore;
    private LocalDate? anchor;

    // A new contract begins: nothing of the one before counts.
    private void Forget()
    {
        outages.Clear();
        prices.Clear();
        prices.Add((1, Life.Cents));
        triggers.Clear();
        triggers.Add((1, 1));
        told.Clear();
        seen = life.Events.Count;
        (paidCents, credited, before, presentBefore, anchor) = (0, 0, ContractStanding.Ordered, default, null);
    }

    private void CheckDay()
    {
        var contract = life.Contract;
        var moment = life.Moment;
        CheckStep(moment);
        if (moment.PaidCents != paidCents) Fail($"paid {moment.PaidCents} and not {paidCents}");
        if (moment.Period is not { } period) return;

        anchor ??= OwnTerm.Anchor(contract);
        if (contract.Calendar.AnchorDate != anchor) Fail("the anchor moved");
        CheckTerm(contract, moment, period);
        CheckMoney(contract, moment, period);
        CheckAnnouncement(contract, moment, period);
        CheckEnd(contract, moment);
        CheckClock(contract);
    }

    private void CheckTerm(ContractRecord contract, ContractMoment moment, TermPeriod period)
    {
        var isLast = contract.Termination?.Cause == TerminationCause.Notice;
        if (period.NominalEndDate != OwnTerm.Boundary(contract, period.Index)) Fail($"boundary {period.Index} is {period.NominalEndDate}");
        if (period.End != OwnTerm.End(contract, period.Index, isLast)) Fail($"period {period.Index} ends at {period.End}");
        if (period.EndDate != period.End.InZone(Paris).Date || period.End != OwnTerm.Midnight(period.EndDate)) Fail("the end is not a midnight");
        var start = period.Index == 1 ? contract.FirstPaymentAt!.Value : OwnTerm.End(contract, period.Index - 1);
        if (period.Start != start) Fail($"period {period.Index} starts at {period.Start}");
        if (life.Now < period.Start && moment.Standing != ContractStanding.Ordered) Fail("the period has not begun");
        if (!moment.IsOver && life.Now >= period.End) Fail("the period is over");
        if (contract.ToldPeriod != period.Index) Fail("a period was not told");
        if (contract.Months.DistinctBy(m => m.Availability.Month).Count() != contract.Months.Length) Fail("a month is sealed twice");

        var sum = OwnTerm.Credited(contract);
        if (sum < credited) Fail("credits were taken back");
        credited = sum;
        if (contract.Termination is not null)
        {
            presentBefore = default;
            return;
        }

        if (presentBefore.Index == period.Index && period.End < presentBefore.End) Fail("an end came earlier");
        presentBefore = (period.Index, period.End);
    }

    private void CheckMoney(ContractRecord contract, ContractMoment moment, TermPeriod period)
    {
        var due = 0L;
        for (var index = 1; index <= period.Index; index++) due += PriceOf(index);
        var unused = contract.Termination?.UnusedCents ?? 0;
        if (moment.DueCents != due - unused) Fail($"{moment.DueCents} are due and not {due - unused}");
        if (unused < 0 || unused > PriceOf(period.Index)) Fail($"{unused} of a period are left");
        if (contract.Refund is not { } refund) return;

        var left = contract.Termination!;
        if (left.Cause != TerminationCause.FreeTermination || refund.Cents is < 1 || refund.Cents > Math.Max(unused, unused + paidCents - due)) Fail($"a refund of {refund.Cents}");
        if (refund.DueBy - left.At > Duration.FromDays(30)) Fail("the refund is due too late");
    }

    private void CheckAnnouncement(ContractRecord contract, ContractMoment moment, TermPeriod period)
    {
        var end = OwnTerm.End(contract, Math.Max(1, period.Index - 1)).InZone(Paris).Date;
        var (earliest, latest) = (OwnTerm.Months(end, -3), OwnTerm.Months(end, -1));
        var id = NoticeDuty.RenewalOf(period.Index - 1);
        var valid = contract.Notices.Any(n => n.Duty == id && earliest <= n.SentOn && n.SentOn <= latest);
        var expected = period.Index > 1 && client != ContractClient.Professional && !valid;
        if (moment.MayLeaveAtOnce != expected) Fail("the right to leave at once is not what the notices say");
    }

    private void CheckEnd(ContractRecord contract, ContractMoment moment)
    {
        if (moment.EndsAt is not { } end)
        {
            if (contract.Termination is not null) Fail("a notice without an end");
            return;
        }

        if (contract.Termination!.Cause == TerminationCause.Abuse)
        {
            if (moment.TransitionEndsAt is not null || contract.Refund is not null || moment.ErasureDueAt != end) Fail("abuse gets no transition and no refund");
            return;
        }

        var transition = moment.TransitionEndsAt!.Value;
        var erasure = moment.ErasureDueAt!.Value;
        if (transition != OwnTerm.Down(end + Duration.FromDays(30)) || transition - end > Duration.FromDays(30)) Fail("the transition is not 30 days");
        if (erasure != OwnTerm.Up(transition + Duration.FromDays(30), 0)) Fail("the retrieval is not 30 days");
        var expected = contract.Erasure is not null ? ContractStanding.Erased
            : life.Now < end ? ContractStanding.NoticeGiven
            : life.Now < transition ? ContractStanding.Transition
            : life.Now < erasure ? ContractStanding.Retrieval
            : ContractStanding.ErasureDue;
        if (moment.Standing != expected) Fail($"stands at {moment.Standing} and not at {expected}");
        if (contract.Erasure is { } erased && erased.At < erasure) Fail("erased before it was due");
    }

    // By a clock that was set back only the notice of a renewal that has not happened can be due (one that a notice of the customer, withdrawn since, had made needless).
    private void CheckClock(ContractRecord contract)
    {
        if (today.Day != 15) return;
        var back = ContractRule.Decide(contract, new ContractCommand.PassTime(), life.Now - Duration.FromDays(dice.Next(1, 200)));
        var news = back.Events.Where(e => e is not ContractEvent.NoticeFellDue { Notice: var notice } || notice.Duty != NoticeDuty.RenewalOf(contract.ToldPeriod) || told.Contains(notice)).ToList();
        if (back.Refusal is not null || news.Count > 0) Fail($"a clock that was set back tells {string.Join(", ", news)}");
    }

    // Only a credit that moves the end, or a withdrawn notice, brings a contract back; otherwise its life goes forward.
    private void CheckStep(ContractMoment moment)
    {
        var back = moment.Standing < before;
        var allowed = !back
            || (before == ContractStanding.NoticeGiven && moment.Standing is ContractStanding.Active or ContractStanding.Renewed)
            || (today.Day == 1 && before is ContractStanding.Transition or ContractStanding.Retrieval or ContractStanding.ErasureDue or ContractStanding.Renewed);
        if (!allowed) Fail($"from {before} back to {moment.Standing}");
        before = moment.Standing;
    }

    // An account of its own: second by second, over the edges of the outages.
    private void CheckSealed(YearMonth month, ImmutableArray<Interval> known, int percent)
    {
        var running = ContractClock.Running(life.Contract)!.Value;
        var (first, next) = (OwnTerm.Midnight(new(month.Year, month.Month, 1)), OwnTerm.Midnight(OwnTerm.Months(new(month.Year, month.Month, 1), 1)));
        var from = Instant.Max(first, running.Start).ToUnixTimeSeconds();
        var to = (running.HasEnd ? Instant.Min(next, running.End) : next).ToUnixTimeSeconds();
        var edges = known.SelectMany(o => new[] { o.Start.ToUnixTimeSeconds(), o.End.ToUnixTimeSeconds() }).Append(from).Append(to)
            .Where(edge => edge >= from && edge <= to).Distinct().Order().ToList();
        var down = edges.Zip(edges.Skip(1)).Where(span => known.Any(o => o.Start.ToUnixTimeSeconds() <= span.First && span.Second <= o.End.ToUnixTimeSeconds()))
            .Sum(span => span.Second - span.First);
        var owed = down * 100 > percent * (to - from) ? 5 * down : 0;
        var availability = life.Contract.Months.Single(m => m.Availability.Month == month).Availability;
        var given = availability.CreditSeconds + life.Contract.Corrections.Where(c => c.Month == month).Sum(c => c.Seconds);

        // Seconds of an edge are whole ones: the payment's instant may cost one.
        if (owed > given || given - owed > 10) Fail($"{month} credits {given} s and owes {owed} s");
        if (availability.BelowCommitment != (availability.DownSeconds * 10 > availability.ActiveSeconds)) Fail($"{month} is wrongly marked");
    }

    private IEnumerable<ContractEvent> NewEvents()
    {
        for (; seen < life.Events.Count; seen++)
        {
            var happened = life.Events[seen];
            CheckOnce(happened);
            yield return happened;
        }
    }

    private void CheckOnce(ContractEvent happened)
    {
        object? token = happened switch
        {
            ContractEvent.Renewed renewed => (renewed.Index, renewed.At),
            ContractEvent.StageBegan began => (began.Stage, began.At),
            ContractEvent.NoticeFellDue due => due.Notice,
            ContractEvent.MonthSealed month => month.Month.Availability.Month,
            ContractEvent.PaymentRecorded paid => paid.Payment.Reference,
            _ => null,
        };
        if (token is not null && !told.Add(token)) Fail($"told twice: {happened}");
        if (happened is ContractEvent.MonthSealed { Month.Availability.CreditSeconds: > 0 }) tally.Credits++;
        if (happened is ContractEvent.MonthCorrected) tally.Corrections++;
        if (happened is not ContractEvent.Renewed begun) return;

        tally.Renewals++;
        var boundary = OwnTerm.Boundary(life.Contract, begun.Index - 1);
        if (boundary.Day != OwnTerm.Anchor(life.Contract).Day) tally.Clamped++;
        if (boundary is { Month: 2, Day: 29 }) tally.LeapEnds++;
    }

    private void Refused(ContractRefusal refusal, ContractCommand command)
    {
        var (contract, events) = (life.Contract, life.Events.Count);
        if (life.Do(command) != refusal) Fail($"not refused as {refusal}: {command}");
        if (!ReferenceEquals(contract, life.Contract) || life.Events.Count != events) Fail($"a refusal changed something: {command}");
    }

    private void Changeless(ContractCommand command)
    {
        var (contract, events) = (life.Contract, life.Events.Count);
        if (life.Do(command) is { } refusal) Fail($"refused as {refusal}: {command}");
        if (!ReferenceEquals(contract, life.Contract) || life.Events.Count != events) Fail($"not idempotent: {command}");
    }

    private long PriceOf(int index) => prices.FindLast(price => price.Period <= index).Cents;

    // By the period in which the contract's part of the month begins.
    private int TriggerOf(YearMonth month)
    {
        var from = Instant.Max(OwnTerm.Midnight(new(month.Year, month.Month, 1)), life.Contract.FirstPaymentAt!.Value);
        var index = OwnTerm.IndexAt(life.Contract, from);
        return triggers.FindLast(trigger => trigger.Period <= index).Percent;
    }

    private void Fail(string what) => Assert.Fail($"contract {number} on {today:uuuu-MM-dd}: {what}");
}
