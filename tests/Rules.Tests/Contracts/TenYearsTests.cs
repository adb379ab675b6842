using System.Collections.Immutable;
using BackupOnline.Rules.Availability;
using BackupOnline.Rules.Contracts;
using BackupOnline.Rules.Retention;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>Ten simulated years of 200 contracts, day by day, with what rules.md demands checked on each of them. Seeded: a failure names its contract and day.</summary>
public sealed class TenYearsTests
{
    private const int All = 200;
    private const int Years = 10;

    // Where the tests themselves are judged (scripts/mutate.sh) a few must do: each planted fault costs a run.
    private static readonly int Contracts = int.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_CONTRACTS") ?? $"{All}", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Two_hundred_contracts_keep_every_rule_on_every_day_of_ten_years()
    {
        var tallies = new Tally[Contracts];
        Parallel.For(0, Contracts, new() { MaxDegreeOfParallelism = 2 }, number => tallies[number] = new SimulatedContract(number).Live(Years));

        // The simulation is worth something only if all of it happened.
        if (Contracts < All) return;
        Assert.InRange(tallies.Sum(t => t.Days), Contracts * Years * 365, Contracts * ((Years * 365) + 3));
        Assert.True(tallies.Sum(t => t.Renewals) > 3_000, $"renewals: {tallies.Sum(t => t.Renewals)}");
        Assert.True(tallies.Sum(t => t.Credits) > 1_000, $"credits: {tallies.Sum(t => t.Credits)}");
        Assert.True(tallies.Sum(t => t.Corrections) > 50, $"corrections: {tallies.Sum(t => t.Corrections)}");
        Assert.True(tallies.Sum(t => t.Erasures) > 100, $"erasures: {tallies.Sum(t => t.Erasures)}");
        Assert.True(tallies.Sum(t => t.FreeTerminations) > 5, $"free terminations: {tallies.Sum(t => t.FreeTerminations)}");
        Assert.True(tallies.Sum(t => t.Abuses) > 5, $"abuses: {tallies.Sum(t => t.Abuses)}");
        Assert.Equal(tallies.Sum(t => t.Days), tallies.Sum(t => t.Plans));
        Assert.True(tallies.Sum(t => t.Frozen) > 1_000, $"days without a good point for over 30 days: {tallies.Sum(t => t.Frozen)}");
    }

    private sealed record Tally(int Days, int Renewals, int Credits, int Corrections, int Erasures, int FreeTerminations, int Abuses, int Plans, int Frozen);

    private sealed class SimulatedContract(int number)
    {
        private static readonly DateTimeZone Paris = ContractPolicy.Default.Zone;
        private static readonly LocalDate FirstDay = new(2026, 1, 1);

        private readonly Random dice = new(number);
        private readonly List<Interval> outages = [];
        private readonly List<RecoveryPoint> points = [];
        private readonly ContractClient client = (ContractClient)(number % 3);
        private Life life = null!;
        private LocalDate today;
        private int seen, renewals, credits, corrections, erasures, freeTerminations, abuses, plans, frozen, payments;
        private ContractStanding before;
        private LocalDate brokenUntil = FirstDay;

        public Tally Live(int years)
        {
            life = new(Now(FirstDay) + Duration.FromHours(dice.Next(24)), client);
            var days = 0;
            for (today = FirstDay.PlusDays(1); today < FirstDay.PlusYears(years); today = today.PlusDays(1), days++)
            {
                life.MoveTo(Now(today));
                Act();
                CheckDay();
                BackUp();
            }

            return new(days, renewals, credits, corrections, erasures, freeTerminations, abuses, plans, frozen);
        }

        private Instant Now(LocalDate day) => Paris.AtStartOfDay(day).ToInstant();

        // What people, machines and misfortune do on this day.
        private void Act()
        {
            var moment = life.Moment;
            switch (moment.Standing)
            {
                case ContractStanding.Ordered when dice.Next(20) == 0:
                    life.Do(new ContractCommand.Pay($"p{number}-{++payments}", Life.Cents, "EUR", life.Now + Duration.FromSeconds(dice.Next(200))));
                    break;
                case ContractStanding.Active or ContractStanding.Renewed or ContractStanding.NoticeGiven:
                    Run(moment);
                    break;
                case ContractStanding.ErasureDue when dice.Next(5) == 0:
                    Assert.Null(life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, "hash")));
                    erasures++;
                    break;
                case ContractStanding.Transition or ContractStanding.Retrieval:
                    Assert.Equal(ContractRefusal.ErasureNotDue, ContractRule.Decide(life.Contract, new ContractCommand.CertifyErasure(Life.OperatorA, "hash"), life.Now).Refusal);
                    break;
                case ContractStanding.Erased when dice.Next(30) == 0:
                    Order();
                    break;
            }

            if (today.Day == 1 && life.Contract.FirstPaymentAt is not null) Seal(today.PlusMonths(-1).ToYearMonth());
            foreach (var due in NewEvents().OfType<ContractEvent.NoticeFellDue>().ToList()) Tell(due.Notice);
        }

        private void Run(ContractMoment moment)
        {
            if (moment.PaidCents < moment.DueCents && dice.Next(5) == 0)
            {
                Assert.Null(life.Do(new ContractCommand.Pay($"p{number}-{++payments}", Life.Cents, "EUR", life.Now)));
            }

            if (dice.Next(150) == 0)
            {
                var start = life.Now + Duration.FromMinutes(dice.Next(1440));
                outages.Add(new(start, start + Duration.FromSeconds(dice.Next(1, dice.Next(10) == 0 ? 500_000 : 60_000))));
            }

            if (moment.MayLeaveAtOnce && dice.Next(100) == 0)
            {
                Assert.Null(life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: true)));
                Assert.InRange(life.Contract.Refund?.Cents ?? 0, 0, Life.Cents);
                freeTerminations++;
            }
            else if (dice.Next(500) == 0)
            {
                life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false));
            }
            else if (dice.Next(400) == 0)
            {
                life.Do(new ContractCommand.WithdrawNotice(Life.Customer));
            }
            else if (dice.Next(300) == 0)
            {
                life.Do(life.Contract.Suspension is null ? new ContractCommand.Suspend(Life.OperatorA, "x") : new ContractCommand.Resume(Life.OperatorA, "x"));
            }
            else if (dice.Next(8_000) == 0)
            {
                Assert.Null(life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "x")));
                Assert.Equal(ContractRefusal.SamePerson, ContractRule.Decide(life.Contract, new ContractCommand.JudgeAbuse(Life.OperatorA, "x", true), life.Now).Refusal);
                Assert.Null(life.Do(new ContractCommand.JudgeAbuse(Life.OperatorB, "x", Confirmed: true)));
                abuses++;
            }
        }

        private void Order()
        {
            outages.Clear();
            seen = life.Events.Count;
            Assert.Null(life.Do(new ContractCommand.Order(client, "EUR", Life.Cents, ContractPolicy.Default)));
            before = ContractStanding.Ordered;
        }

        private void Seal(YearMonth month)
        {
            ImmutableArray<Interval> known = [.. outages.Where(_ => dice.Next(12) != 0)];
            if (life.Do(new ContractCommand.SealMonth(month, known)) is { } refusal)
            {
                Assert.Equal(ContractRefusal.MonthOutside, refusal);
                return;
            }

            Assert.Null(life.Do(new ContractCommand.SealMonth(month, known)));
            CheckSealed(month, known);
            if (known.Length == outages.Count || life.Moment.Standing == ContractStanding.Erased) return;

            // What was overlooked is corrected, twice over, and then taken back: it counts once, and in the customer's favour only.
            ImmutableArray<Interval> all = [.. outages];
            for (var time = 0; time < 2; time++) Assert.Null(life.Do(new ContractCommand.CorrectMonth(month, all, "overlooked")));
            Assert.Null(life.Do(new ContractCommand.CorrectMonth(month, [], "no")));
            CheckSealed(month, all);
        }

        // An account of its own: second by second, over the minutes of the month.
        private void CheckSealed(YearMonth month, ImmutableArray<Interval> known)
        {
            var running = ContractClock.Running(life.Contract)!.Value;
            var whole = CivilMonth.In(month, Paris);
            var from = Instant.Max(whole.Start, running.Start).ToUnixTimeSeconds();
            var to = (running.HasEnd ? Instant.Min(whole.End, running.End) : whole.End).ToUnixTimeSeconds();
            var edges = known.SelectMany(o => new[] { o.Start.ToUnixTimeSeconds(), o.End.ToUnixTimeSeconds() }).Append(from).Append(to)
                .Where(edge => edge >= from && edge <= to).Distinct().Order().ToList();
            var down = edges.Zip(edges.Skip(1)).Where(span => known.Any(o => o.Start.ToUnixTimeSeconds() <= span.First && span.Second <= o.End.ToUnixTimeSeconds()))
                .Sum(span => span.Second - span.First);
            var owed = down * 100 > to - from ? 5 * down : 0;
            var given = life.Contract.Months.Single(m => m.Availability.Month == month).Availability.CreditSeconds
                + life.Contract.Corrections.Where(c => c.Month == month).Sum(c => c.Seconds);
            True(owed <= given && given - owed <= 10, $"{month} credits {given} s and owes {owed} s");
        }

        private void Tell(NoticeToken notice)
        {
            var duty = life.Duties.SingleOrDefault(d => d.Id == notice.Duty);

            // A credit of this very day has moved it: it will fall due again.
            if (duty?.DueOn != notice.DueOn) return;
            True(duty.DueOn <= today && duty.Window.Contains(today), $"{notice} is due outside its days");

            // One in ten is forgotten.
            if (dice.Next(10) != 0) Assert.Null(life.Do(new ContractCommand.RecordNotice(new(notice.Duty, today, "email", ""))));
        }

        private IEnumerable<ContractEvent> NewEvents()
        {
            for (; seen < life.Events.Count; seen++)
            {
                var happened = life.Events[seen];
                if (happened is ContractEvent.Renewed) renewals++;
                if (happened is ContractEvent.MonthSealed { Month.Availability.CreditSeconds: > 0 }) credits++;
                if (happened is ContractEvent.MonthCorrected) corrections++;
                yield return happened;
            }
        }

        private void CheckDay()
        {
            var contract = life.Contract;
            var moment = life.Moment;
            CheckStep(moment);
            if (moment.Period is not { } period) return;

            True(period.NominalEndDate == contract.Calendar.AnchorDate.PlusMonths(3 * period.Index), "the boundary is not the anchor's");
            True(period.End.InZone(Paris).TimeOfDay == LocalTime.Midnight, "the end is not a midnight");
            var shift = period.End - period.NominalEnd;
            True(shift >= Duration.FromSeconds(period.CreditSeconds) && shift < Duration.FromSeconds(period.CreditSeconds) + Duration.FromHours(25), "the end is not boundary and credits");
            True(period.CreditSeconds <= contract.Credits.Sum(c => c.Seconds), "an end counts more than was credited");
            True(contract.Months.Select(m => m.Availability.Month).Distinct().Count() == contract.Months.Length, "a month is sealed twice");
            True(period.Start <= life.Now || moment.Standing == ContractStanding.Ordered, "the period has not begun");
            if (moment.Standing is ContractStanding.Active or ContractStanding.Renewed) True(life.Now < period.End, "the period is over");
            True(moment.DueCents <= period.Index * Life.Cents && contract.ToldPeriod == period.Index, "a period was not told, or is charged twice");
            CheckAnnouncement(contract, moment, period);
            if (moment.EndsAt is not { } end || moment.ErasureDueAt is not { } erasure) return;

            if (contract.Termination!.Cause == TerminationCause.Abuse)
            {
                True(moment.TransitionEndsAt is null && contract.Refund is null, "abuse gets no transition and no refund");
                return;
            }

            True(moment.TransitionEndsAt!.Value - end <= Duration.FromDays(30) && moment.TransitionEndsAt >= end, "the transition is longer than 30 days");
            True(erasure - moment.TransitionEndsAt.Value >= Duration.FromDays(30), "the retrieval is shorter than 30 days");
            if (contract.Erasure is { } erased) True(erased.At >= erasure, "erased before it was due");
        }

        private void CheckAnnouncement(ContractRecord contract, ContractMoment moment, TermPeriod period)
        {
            if (period.Index == 1 || today.Day % 7 != 0) return;
            var last = contract.Calendar.Period(period.Index - 1);
            var valid = contract.Notices.Any(n => n.Duty == $"renewal-{last.Index}" && n.SentOn >= last.EndDate.PlusMonths(-3) && n.SentOn <= last.EndDate.PlusMonths(-1));
            True(moment.MayLeaveAtOnce == (client != ContractClient.Professional && !valid), "the right to leave at once is not what the notices say");
        }

        // Only a credit that moves the end brings a contract back; otherwise its life goes forward.
        private void CheckStep(ContractMoment moment)
        {
            var back = moment.Standing < before;
            var allowed = !back
                || (before == ContractStanding.NoticeGiven && moment.Standing is ContractStanding.Active or ContractStanding.Renewed)
                || (today.Day == 1 && before is ContractStanding.Transition or ContractStanding.Retrieval or ContractStanding.ErasureDue or ContractStanding.Renewed);
            True(allowed, $"from {before} back to {moment.Standing}");
            before = moment.Standing;
        }

        // A VM that is backed up at 02:30, which is skipped in March and comes twice in October.
        private void BackUp()
        {
            var at = new LocalDateTime(today.Year, today.Month, today.Day, 2, 30).InZoneLeniently(Paris).ToInstant();
            if (dice.Next(500) == 0) brokenUntil = today.PlusDays(dice.Next(1, 60));
            var isGood = today >= brokenUntil && dice.Next(40) != 0;
            points.Add(new() { Id = $"r{points.Count:D6}-{today}", At = at, State = isGood ? PointState.Good : PointState.Failed });
            var lastGood = points.LastOrDefault(p => p.State == PointState.Good);

            // Without a good point the window stands still: what was there when backups broke stays until they work again.
            var firstDay = LocalDate.Min(today, lastGood?.At.InZone(Paris).Date.PlusDays(1) ?? today).PlusDays(-30);
            var goodOfWindow = points.Where(p => p.State == PointState.Good && p.At.InZone(Paris).Date >= firstDay).ToHashSet();
            var plan = SlidingRule.Plan(points, Paris, at, SlidingPolicy.Default);
            plans++;
            frozen += lastGood is not null && lastGood.At < at - SlidingPolicy.Default.Elapsed ? 1 : 0;
            var kept = plan.Keep.Select(k => k.Point).ToHashSet();
            True(goodOfWindow.IsSubsetOf(kept), "a good point of the window would go");
            True(lastGood is null || kept.Contains(lastGood), "the last good point would go");
            True(!plan.Remove.Any(p => p.State == PointState.Good && p.At >= at - SlidingPolicy.Default.Elapsed), "a good point went before its hours were over");
            True(kept.Count <= 33, $"{kept.Count} points are kept");
            True(isGood || !kept.Contains(points[^1]), "a failed point is kept");
            points.RemoveAll(p => !kept.Contains(p));
        }

        private void True(bool holds, string what) => Assert.True(holds, $"contract {number} on {today:uuuu-MM-dd}: {what}");
    }
}
