using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class OrderAndPaymentTests
{
    private static readonly Instant Start = Life.Paris(2026, 1, 15, 11);

    [Fact]
    public void Nothing_but_an_order_is_possible_without_one()
    {
        var life = new Life(Start, isOrdered: false);

        Assert.Equal(ContractRefusal.Unknown, life.Do(new ContractCommand.ChangePrice(1)));
        Assert.Null(life.Do(new ContractCommand.PassTime()));
        Assert.Empty(life.Events);
        Assert.Throws<ArgumentNullException>(() => ContractRule.Apply(null, new ContractEvent.Activated(Start)));
    }

    [Fact]
    public void An_order_waits_for_its_first_payment_however_long_it_takes()
    {
        var life = new Life(Start).MoveTo(2027, 1, 1);

        Assert.Equal((ContractStanding.Ordered, 0L, 0L), (life.Moment.Standing, life.Moment.DueCents, life.Moment.PaidCents));
        Assert.Null(life.Moment.Period);
        Assert.Empty(life.Duties);
        Assert.Null(ContractClock.Running(life.Contract));
        Assert.Equal(ContractRefusal.AlreadyOrdered, life.Do(new ContractCommand.Order(ContractClient.Consumer, "EUR", 1, ContractPolicy.Default)));
    }

    [Fact]
    public void The_contract_is_active_from_the_very_instant_of_the_first_payment()
    {
        var life = new Life(Start);
        life.Pay(Start + Duration.FromHours(5));

        Assert.Equal(ContractStanding.Ordered, ContractClock.At(life.Contract, Start + Duration.FromHours(5) - Duration.Epsilon).Standing);
        Assert.Equal(ContractStanding.Active, life.Moment.Standing);
        Assert.Equal(Start + Duration.FromHours(5), life.Moment.Period!.Start);
        Assert.Equal((Life.Cents, Life.Cents), (life.Moment.DueCents, life.Moment.PaidCents));
        Assert.IsType<ContractEvent.Activated>(life.Events[^1]);
    }

    [Fact]
    public void A_payment_that_is_told_late_started_the_term_when_it_was_made()
    {
        var life = new Life(Start).MoveTo(2026, 8, 1);
        life.Pay(Life.Paris(2026, 1, 20, 9));

        Assert.Equal((ContractStanding.Renewed, 3), (life.Moment.Standing, life.Moment.Period!.Index));
        Assert.Equal([2, 3], life.Events.OfType<ContractEvent.Renewed>().Select(e => e.Index));
    }

    [Fact]
    public void The_same_reference_is_one_payment_and_with_another_amount_a_contradiction()
    {
        var life = Life.Paid(Start);
        var events = life.Events.Count;

        Assert.Null(life.Do(new ContractCommand.Pay("pay-1", Life.Cents, "EUR", Start)));
        Assert.Null(life.Do(new ContractCommand.Pay("pay-1", Life.Cents, "EUR", Start + Duration.FromSeconds(1))));
        Assert.Equal(ContractRefusal.PaymentDiffers, life.Do(new ContractCommand.Pay("pay-1", Life.Cents + 1, "EUR", Start)));
        Assert.Equal(ContractRefusal.PaymentDiffers, life.Do(new ContractCommand.Pay("pay-1", Life.Cents, "USD", Start)));
        Assert.Equal(events, life.Events.Count);
    }

    [Fact]
    public void A_later_payment_adds_up_and_never_moves_the_anchor()
    {
        var life = Life.Paid(Start).MoveTo(2026, 3, 1);
        life.Pay(Start + Duration.FromDays(2), 500);

        Assert.Equal(Life.Cents + 500, life.Moment.PaidCents);
        Assert.Equal(Start, life.Contract.FirstPaymentAt);
    }

    [Fact]
    public void A_payment_in_another_currency_is_turned_away_and_recorded_once()
    {
        var life = new Life(Start);
        var command = new ContractCommand.Pay("p", 100, "USD", Start);

        Assert.Equal(ContractRefusal.CurrencyDiffers, life.Do(command));
        Assert.Equal(ContractRefusal.CurrencyDiffers, life.Do(command));
        Assert.Equal(ContractRefusal.CurrencyDiffers, Assert.Single(life.Contract.Payments).TurnedAway);
        Assert.Equal((ContractStanding.Ordered, 0L), (life.Moment.Standing, life.Moment.PaidCents));
    }

    [Fact]
    public void A_payment_for_a_contract_that_is_over_is_turned_away_and_recorded_once()
    {
        var life = Life.Paid(Start);
        life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false));
        life.MoveTo(2026, 4, 15);
        var command = new ContractCommand.Pay("late", Life.Cents, "EUR", life.Now);

        Assert.Equal(ContractRefusal.Over, life.Do(command));
        Assert.Equal(ContractRefusal.Over, life.Do(command));
        Assert.Equal((2, Life.Cents), (life.Contract.Payments.Length, life.Moment.PaidCents));
    }

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, ContractRefusal.PaymentInFuture)]
    [InlineData(-300, null)]
    [InlineData(-301, ContractRefusal.PaymentBeforeOrder)]
    public void Clocks_may_lie_five_minutes_apart(int seconds, ContractRefusal? refusal)
    {
        var life = new Life(Start);

        Assert.Equal(refusal, life.Do(new ContractCommand.Pay("p", 1, "EUR", Start + Duration.FromSeconds(seconds))));
        Assert.Equal(refusal is null ? ContractStanding.Active : ContractStanding.Ordered, life.Moment.Standing);
    }

    [Fact]
    public void An_order_that_was_never_paid_can_be_withdrawn_and_made_again()
    {
        var life = new Life(Start);

        Assert.Null(life.Do(new ContractCommand.GiveNotice(Life.Customer, "changed my mind", AtOnce: false)));
        Assert.Equal(ContractStanding.Withdrawn, life.Moment.Standing);
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false)));
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.Pay("p", 1, "EUR", life.Now)));
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.Suspend(Life.OperatorA, "x")));
        Assert.Null(life.Do(new ContractCommand.Order(ContractClient.Consumer, "CHF", 5, ContractPolicy.Default)));
        Assert.Equal((ContractStanding.Ordered, ContractClient.Consumer, "CHF"), (life.Moment.Standing, life.Contract.Client, life.Contract.Currency));
        Assert.Empty(life.Contract.Payments);
    }
}
