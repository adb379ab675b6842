using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class RenewalTests
{
    private static readonly Instant Start = Life.Paris(2026, 1, 31, 11);

    [Fact]
    public void The_contract_renews_at_local_midnight_and_not_before()
    {
        var life = Life.Paid(Start).MoveTo(Life.Paris(2026, 4, 30) - Duration.Epsilon);
        Assert.Equal((ContractStanding.Active, 1), (life.Moment.Standing, life.Moment.Period!.Index));

        life.MoveTo(2026, 4, 30);

        Assert.Equal((ContractStanding.Renewed, 2), (life.Moment.Standing, life.Moment.Period!.Index));
        Assert.Equal(new ContractEvent.Renewed(2, Life.Paris(2026, 4, 30), Life.Paris(2026, 7, 31), Life.Cents), life.Events[^1]);
        Assert.Equal(2 * Life.Cents, life.Moment.DueCents);
    }

    [Fact]
    public void Periods_that_passed_unseen_are_told_each_in_order()
    {
        var life = Life.Paid(Start).MoveTo(2027, 2, 1);

        Assert.Equal([2, 3, 4, 5], life.Events.OfType<ContractEvent.Renewed>().Select(e => e.Index));
        Assert.Equal([.. life.Events], life.MoveTo(2027, 2, 1).Events);
    }

    [Fact]
    public void A_clock_that_jumps_back_tells_nothing_twice()
    {
        var life = Life.Paid(Start).MoveTo(2026, 8, 1);
        var told = life.Events.Count(e => e is ContractEvent.Renewed);

        life.MoveTo(2026, 2, 1).MoveTo(2026, 8, 1);

        Assert.Equal(told, life.Events.Count(e => e is ContractEvent.Renewed));
    }

    [Fact]
    public void A_new_price_holds_from_the_next_period_and_the_last_word_counts()
    {
        var life = Life.Paid(Start).MoveTo(2026, 2, 15);

        Assert.Null(life.Do(new ContractCommand.ChangePrice(40_000)));
        Assert.Null(life.Do(new ContractCommand.ChangePrice(50_000)));
        Assert.Null(life.Do(new ContractCommand.ChangePrice(50_000)));

        Assert.Equal([new PriceFrom(1, Life.Cents), new(2, 50_000)], life.Contract.Prices);
        Assert.Equal(2, life.Events.Count(e => e is ContractEvent.PriceChanged));
        Assert.Equal(Life.Cents, life.Moment.DueCents);
        Assert.Equal(Life.Cents + 50_000, life.MoveTo(2026, 5, 1).Moment.DueCents);
    }

    [Fact]
    public void Before_the_first_payment_a_new_price_is_the_price()
    {
        var life = new Life(Start);
        life.Do(new ContractCommand.ChangePrice(1));
        life.Pay(Start);

        Assert.Equal(1, life.Moment.DueCents);
    }

    [Fact]
    public void Other_numbers_hold_from_the_next_period_and_zone_and_term_hold_for_ever()
    {
        var life = Life.Paid(Start);
        var other = ContractPolicy.Default with { Version = "2026-2", Sla = new() { TriggerPercent = 11 } };

        Assert.Null(life.Do(new ContractCommand.ChangePolicy(other)));
        Assert.Null(life.Do(new ContractCommand.ChangePolicy(other)));
        Assert.Equal(ContractRefusal.PolicyVersionUsed, life.Do(new ContractCommand.ChangePolicy(other with { RefundDays = 1 })));
        Assert.Equal(ContractRefusal.PolicyKeepsTerm, life.Do(new ContractCommand.ChangePolicy(other with { Version = "x", TermMonths = 12 })));
        Assert.Equal(ContractRefusal.PolicyKeepsTerm, life.Do(new ContractCommand.ChangePolicy(other with { Version = "x", Zone = DateTimeZone.Utc })));
        Assert.Equal(("2026-1", "2026-2"), (life.Contract.PolicyOf(1).Version, life.Contract.PolicyOf(2).Version));

        life.MoveTo(2026, 5, 1);
        Assert.Null(life.Do(new ContractCommand.ChangePolicy(ContractPolicy.Default)));
        Assert.Equal(["2026-1", "2026-2", "2026-1"], life.Contract.Policies.Select(p => p.Policy.Version));
        Assert.Single(life.Events.OfType<ContractEvent.PolicyChanged>(), e => e.Policy.Period == 3);
    }

    [Fact]
    public void What_is_over_changes_neither_price_nor_numbers()
    {
        var life = Life.Paid(Start);
        life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false));
        life.MoveTo(2026, 5, 1);

        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.ChangePrice(1)));
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.ChangePolicy(ContractPolicy.Default with { Version = "x" })));
    }

    [Fact]
    public void A_suspension_is_immediate_and_reversible_and_the_term_runs_on()
    {
        var life = Life.Paid(Start);

        Assert.Null(life.Do(new ContractCommand.Suspend(Life.OperatorA, "unpaid")));
        Assert.Null(life.Do(new ContractCommand.Suspend(Life.OperatorB, "again")));
        Assert.Equal(new ContractSuspension(Start, Life.OperatorA, "unpaid"), life.Contract.Suspension);
        Assert.Equal(ContractStanding.Renewed, life.MoveTo(2026, 5, 1).Moment.Standing);
        Assert.Null(life.Do(new ContractCommand.Resume(Life.OperatorA, "paid")));
        Assert.Null(life.Do(new ContractCommand.Resume(Life.OperatorA, "paid")));
        Assert.Null(life.Contract.Suspension);
        Assert.Single(life.Events.OfType<ContractEvent.Resumed>());
    }
}
