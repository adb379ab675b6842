using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class SealingTests
{
    private static readonly Instant Start = Life.Paris(2026, 1, 15, 11);

    [Fact]
    public void A_month_seals_when_it_has_ended_and_once()
    {
        var life = Life.Paid(Start).MoveTo(Life.Paris(2026, 3, 1) - Duration.Epsilon);
        Assert.Equal(ContractRefusal.MonthNotOver, life.Do(Seal(2, 10, 14)));
        life.MoveTo(2026, 3, 1);

        Assert.Null(life.Do(Seal(2, 10, 14)));
        Assert.Null(life.Do(Seal(2, 10, 14)));
        Assert.Equal(ContractRefusal.MonthSealed, life.Do(Seal(2, 10, 15)));

        Assert.Equal(20 * 86_400, Assert.Single(life.Contract.Months).Availability.CreditSeconds);
        Assert.Equal(new LocalDate(2026, 5, 5), life.Moment.Period!.EndDate);
    }

    [Fact]
    public void A_month_outside_the_contract_is_none_of_its_business()
    {
        Assert.Equal(ContractRefusal.MonthOutside, new Life(Start).Do(Seal(1, 1, 2)));

        var life = Life.Paid(Start);
        life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false));
        life.MoveTo(2026, 7, 1);
        Assert.Equal(ContractRefusal.MonthOutside, life.Do(new ContractCommand.SealMonth(new(2025, 12), [])));
        Assert.Equal(ContractRefusal.MonthOutside, life.Do(Seal(5, 1, 2)));
        Assert.Null(life.Do(Seal(4, 20, 22)));
        Assert.Equal(0, life.Contract.Months[^1].Availability.DownSeconds);
    }

    [Fact]
    public void A_renewal_that_a_late_seal_takes_back_is_told_again_at_its_new_instant()
    {
        var life = Life.Paid(Life.Paris(2026, 1, 1, 8)).MoveTo(2026, 4, 1);
        Assert.Equal(2, life.Moment.Period!.Index);

        life.Do(Seal(3, 10, 14));

        Assert.Equal((1, Life.Paris(2026, 4, 21)), (life.Moment.Period.Index, life.Moment.Period.End));
        Assert.Equal(Life.Cents, life.Moment.DueCents);
        Assert.Equal(
            [(2, Life.Paris(2026, 4, 1)), (2, Life.Paris(2026, 4, 21))],
            life.MoveTo(2026, 4, 21).Events.OfType<ContractEvent.Renewed>().Select(e => (e.Index, e.At)));
    }

    [Fact]
    public void A_month_is_sealed_by_the_numbers_of_the_period_in_which_it_began()
    {
        var life = Life.Paid(Start);
        life.Do(new ContractCommand.ChangePolicy(ContractPolicy.Default with { Version = "2026-2", Sla = new() { TriggerPercent = 11 } }));
        life.MoveTo(2026, 6, 1);

        // Two days are above 1 % of any month and below 11 %.
        Assert.Null(life.Do(Seal(4, 16, 18)));
        Assert.Null(life.Do(Seal(5, 16, 18)));

        Assert.Equal([("2026-1", 864_000L), ("2026-2", 0L)], life.Contract.Months.Select(m => (m.PolicyVersion, m.Availability.CreditSeconds)));
        Assert.Null(life.Do(Correct(4, 16, 19)));
        Assert.Null(life.Do(Correct(5, 16, 19)));
        Assert.Equal((new(2026, 4), 432_000L), Assert.Single(life.Contract.Corrections.Select(c => (c.Month, c.Seconds))));
    }

    [Fact]
    public void The_first_month_is_sealed_by_the_numbers_of_the_first_period()
    {
        var life = Life.Paid(Start).MoveTo(2026, 2, 1);

        Assert.Null(life.Do(Seal(1, 20, 21)));
        Assert.Equal("2026-1", life.Contract.Months[0].PolicyVersion);
    }

    [Fact]
    public void A_correction_credits_the_difference_in_the_customers_favour_only()
    {
        var life = Life.Paid(Start).MoveTo(2026, 3, 1);
        Assert.Equal(ContractRefusal.MonthNotSealed, life.Do(Correct(2, 10, 14)));
        life.Do(Seal(2, 10, 12));

        Assert.Null(life.Do(Correct(2, 10, 14)));
        Assert.Null(life.Do(Correct(2, 10, 14)));
        Assert.Null(life.Do(Correct(2, 10, 11)));
        Assert.Null(life.Do(Correct(2, 10, 15)));

        Assert.Equal([864_000L, 432_000L], life.Contract.Corrections.Select(c => c.Seconds));
        Assert.Equal(10 * 86_400, life.Contract.Months[0].Availability.CreditSeconds);
        Assert.Equal(new LocalDate(2026, 5, 10), life.Moment.Period!.EndDate);
    }

    [Fact]
    public void By_a_clock_that_was_set_back_before_the_months_end_nothing_is_corrected()
    {
        var life = Life.Paid(Start).MoveTo(2026, 3, 1);
        Assert.Null(life.Do(Seal(2, 10, 12)));
        var before = life.Contract;

        foreach (var back in new[] { Life.Paris(2026, 3, 1) - Duration.Epsilon, Start - Duration.FromDays(1) })
        {
            Assert.Equal(ContractRefusal.MonthNotOver, life.MoveTo(back).Do(Correct(2, 10, 14)));
            Assert.Same(before, life.Contract);
        }
    }

    private static ContractCommand.SealMonth Seal(int month, int fromDay, int toDay) =>
        new(new(2026, month), [new(Life.Paris(2026, month, fromDay), Life.Paris(2026, month, toDay))]);

    private static ContractCommand.CorrectMonth Correct(int month, int fromDay, int toDay) =>
        new(new(2026, month), [new(Life.Paris(2026, month, fromDay), Life.Paris(2026, month, toDay))], "seen twice");
}
