using System.Collections.Immutable;
using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>One contract over the years: what people, machines and misfortune do with it. What must hold stands in the other file.</summary>
internal sealed partial class SimulatedContract
{
    private static readonly DateTimeZone Paris = ContractPolicy.Default.Zone;
    private static readonly LocalDate FirstDay = new(2026, 1, 1);
    private static readonly ContractPolicy OtherReading = ContractPolicy.Default with { Version = "literal", Sla = ContractPolicy.Default.Sla with { TriggerPercent = 11 } };

    private readonly int number;
    private readonly Random dice;
    private readonly SimulatedTally tally = new();
    private readonly SimulatedMachine machine;
    private readonly List<Interval> outages = [];
    private readonly ContractClient client;
    private Life life = null!;
    private LocalDate today;
    private int seen, payments;

    public SimulatedContract(int number)
    {
        this.number = number;
        dice = new(number);
        client = (ContractClient)(number % 3);
        machine = new(number, Fail);
    }

    public SimulatedTally Live(int years)
    {
        life = new(OwnTerm.Midnight(FirstDay) + Duration.FromHours(dice.Next(24)), client);
        Forget();
        for (today = FirstDay.PlusDays(1); today < FirstDay.PlusYears(years); today = today.PlusDays(1), tally.Days++)
        {
            var midnight = OwnTerm.Midnight(today);
            life.MoveTo(midnight);
            Act();
            CheckDay();
            machine.Live(today, midnight);
        }

        (tally.Plans, tally.FrozenDays, tally.ElapsedOnly) = (machine.Plans, machine.FrozenDays, machine.ElapsedOnly);
        return tally;
    }

    private void Act()
    {
        var moment = life.Moment;
        switch (moment.Standing)
        {
            // Every second one pays first on one of the days that not all months have.
            case ContractStanding.Ordered when number % 2 == 0 ? today.Day >= 29 && dice.Next(3) == 0 : dice.Next(20) == 0:
                Pay(Life.Cents, life.Now + Duration.FromSeconds(dice.Next(200)));
                break;
            case ContractStanding.Active or ContractStanding.Renewed or ContractStanding.NoticeGiven:
                Run(moment);
                break;
            case ContractStanding.ErasureDue when dice.Next(5) == 0:
                Assert.Null(life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, "hash")));
                tally.Erasures++;
                break;
            case ContractStanding.Transition or ContractStanding.Retrieval:
                Refused(ContractRefusal.ErasureNotDue, new ContractCommand.CertifyErasure(Life.OperatorA, "hash"));
                if (dice.Next(10) == 0) PayInVain();
                break;
            case ContractStanding.Erased when dice.Next(30) == 0:
                Assert.Null(life.Do(new ContractCommand.Order(client, "EUR", Life.Cents, ContractPolicy.Default)));
                Forget();
                break;
        }

        if (today.Day == 1 && life.Contract.FirstPaymentAt is not null) Seal(today.PlusMonths(-1).ToYearMonth());
        foreach (var due in NewEvents().OfType<ContractEvent.NoticeFellDue>().ToList()) Tell(due.Notice);
    }

    private void Run(ContractMoment moment)
    {
        if (moment.PaidCents < moment.DueCents && dice.Next(5) == 0) Pay(moment.DueCents - moment.PaidCents, life.Now);

        if (dice.Next(150) == 0)
        {
            var start = life.Now + Duration.FromMinutes(dice.Next(1440));
            outages.Add(new(start, start + Duration.FromSeconds(dice.Next(1, dice.Next(10) == 0 ? 500_000 : 60_000))));
        }

        if (moment.MayLeaveAtOnce && dice.Next(100) == 0)
        {
            Assert.Null(life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: true)));
            tally.FreeTerminations++;
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
        else if (dice.Next(900) == 0)
        {
            ChangePrice(moment, Life.Cents + dice.Next(1, 5_000));
        }
        else if (dice.Next(900) == 0)
        {
            ChangePolicy(moment);
        }
        else if (dice.Next(8_000) == 0)
        {
            Assert.Null(life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "x")));
            Refused(ContractRefusal.SamePerson, new ContractCommand.JudgeAbuse(Life.OperatorA, "x", true));
            Assert.Null(life.Do(new ContractCommand.JudgeAbuse(Life.OperatorB, "x", Confirmed: true)));
            tally.Abuses++;
        }
    }

    private void Pay(long cents, Instant at)
    {
        var pay = new ContractCommand.Pay($"p{number}-{++payments}", cents, "EUR", at);
        Assert.Null(life.Do(pay));
        paidCents += cents;

        // A provider repeats itself, at any time and with another clock.
        Changeless(pay with { PaidAt = at + Duration.FromSeconds(7) });
        Refused(ContractRefusal.PaymentDiffers, pay with { Cents = cents + 1 });
    }

    private void PayInVain()
    {
        var pay = new ContractCommand.Pay($"p{number}-{++payments}", Life.Cents, "EUR", life.Now);
        Assert.Equal(ContractRefusal.Over, life.Do(pay));
        Refused(ContractRefusal.Over, pay);
        tally.TurnedAway++;
    }

    private void ChangePrice(ContractMoment moment, long cents)
    {
        Assert.Null(life.Do(new ContractCommand.ChangePrice(cents)));
        var from = moment.Period!.Index + 1;
        prices.RemoveAll(price => price.Period >= from);
        prices.Add((from, cents));
        tally.PriceChanges++;
    }

    private void ChangePolicy(ContractMoment moment)
    {
        var policy = triggers[^1].Percent == 1 ? OtherReading : ContractPolicy.Default;
        Assert.Null(life.Do(new ContractCommand.ChangePolicy(policy)));
        var from = moment.Period!.Index + 1;
        triggers.RemoveAll(trigger => trigger.Period >= from);
        triggers.Add((from, policy.Sla.TriggerPercent));
        tally.PolicyChanges++;
    }

    private void Seal(YearMonth month)
    {
        var percent = TriggerOf(month);
        ImmutableArray<Interval> known = [.. outages.Where(_ => dice.Next(12) != 0)];
        var seal = new ContractCommand.SealMonth(month, known);
        if (life.Do(seal) is { } refusal)
        {
            Assert.Equal(ContractRefusal.MonthOutside, refusal);
            return;
        }

        Changeless(seal);
        CheckSealed(month, known, percent);
        if (known.Length == outages.Count || life.Moment.Standing == ContractStanding.Erased) return;

        // What was overlooked is corrected, twice over, and then taken back: it counts once, and in the customer's favour only.
        ImmutableArray<Interval> all = [.. outages];
        var correction = new ContractCommand.CorrectMonth(month, all, "overlooked");
        Assert.Null(life.Do(correction));
        Changeless(correction);
        Changeless(new ContractCommand.CorrectMonth(month, [], "no"));
        CheckSealed(month, all, percent);
    }

    private void Tell(NoticeToken notice)
    {
        var duty = life.Duties.SingleOrDefault(d => d.Id == notice.Duty);

        // A credit of this very day has moved it: it will fall due again.
        if (duty?.DueOn != notice.DueOn) return;
        if (duty.DueOn > today || !duty.Window.Contains(today)) Fail($"{notice} is due outside its days");

        // One in ten is forgotten.
        if (dice.Next(10) == 0) return;
        var given = new ContractCommand.RecordNotice(new(notice.Duty, today, "email", ""));
        Assert.Null(life.Do(given));
        Changeless(given);
    }
}
