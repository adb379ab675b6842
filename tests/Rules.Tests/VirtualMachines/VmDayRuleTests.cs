using BackupOnline.Rules.VirtualMachines;
using NodaTime;

namespace BackupOnline.Rules.Tests.VirtualMachines;

public sealed class VmDayRuleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly VmPlan Plan = new("vm-day/acme/web01", new(22, 0), Duration.Zero, Paris);

    // A Sunday of 25 hours.
    private static readonly LocalDate Today = new(2026, 10, 25);
    private static readonly LocalDate Yesterday = Today.PlusDays(-1);
    private static readonly Instant Due = Plan.DueOf(Today);

    [Fact]
    public void Before_its_instant_the_day_waits_and_at_its_instant_it_opens_until_its_end()
    {
        Expect(Question(Due - Duration.Epsilon), VmStep.Wait, VmReason.NotDue, Due);
        var decision = Expect(Question(Due), VmStep.Open, VmReason.Due, Plan.EndOf(Today));
        Assert.Equal((Today, Due), (decision.Today, decision.OpensAt));
    }

    [Theory]
    [InlineData(15, 0, VmReason.Due)]
    [InlineData(15, 1, VmReason.CatchUp)]
    public void More_than_a_quarter_of_an_hour_late_is_a_catch_up(int minutes, int ticks, VmReason expected) =>
        Expect(Question(Due + Duration.FromMinutes(minutes) + Duration.FromTicks(ticks)), VmStep.Open, expected, Plan.EndOf(Today));

    [Fact]
    public void A_day_with_its_point_waits_for_the_next_one()
    {
        var decision = Expect(Question(Due, covered: [Yesterday, Today]), VmStep.Wait, VmReason.Covered, Plan.DueOf(Today.PlusDays(1)));

        Assert.Empty(decision.Settled);
    }

    [Fact]
    public void The_day_after_a_lost_one_opens_with_its_first_instant()
    {
        var midnight = Plan.StartOf(Today);

        var decision = Expect(Question(midnight, covered: []) with { SettledUntil = Yesterday.PlusDays(-1) }, VmStep.Open, VmReason.CatchUp, Plan.EndOf(Today));

        Assert.Equal([new VmSettledDay(Yesterday, VmDayStanding.Lost)], decision.Settled);
        Assert.Equal(midnight, decision.OpensAt);
    }

    [Fact]
    public void Days_that_passed_unseen_are_settled_each_by_its_own_point()
    {
        var question = Question(Due, covered: [Yesterday, Yesterday.PlusDays(-2)]) with
        {
            SettledUntil = Yesterday.PlusDays(-5),
            OwedFrom = Plan.DueOf(Yesterday.PlusDays(-3)) + Duration.Epsilon,
        };

        Assert.Equal(
            [VmDayStanding.Excused, VmDayStanding.Excused, VmDayStanding.Covered, VmDayStanding.Lost, VmDayStanding.Covered],
            VmDayRule.Decide(question).Settled.Select(day => day.Standing));
    }

    [Fact]
    public void A_machine_that_came_after_the_days_instant_owes_nothing_until_the_next_and_at_the_instant_it_does()
    {
        Expect(Question(Due + Duration.FromHours(1), covered: []) with { OwedFrom = Due + Duration.Epsilon }, VmStep.Wait, VmReason.NotDue, Plan.DueOf(Today.PlusDays(1)));
        Expect(Question(Due, covered: []) with { OwedFrom = Due }, VmStep.Open, VmReason.Due, Plan.EndOf(Today));
        Assert.Equal(Today, VmDayRule.FirstOwed(Plan, Due));
        Assert.Equal(Today.PlusDays(1), VmDayRule.FirstOwed(Plan, Due + Duration.Epsilon));
    }

    [Fact]
    public void A_paused_machine_does_nothing_owes_nothing_and_takes_back_what_waits()
    {
        var paused = Question(Due, covered: []) with { IsPaused = true, SettledUntil = Yesterday.PlusDays(-1) };

        Assert.Equal([new VmSettledDay(Yesterday, VmDayStanding.Excused)], Expect(paused, VmStep.Wait, VmReason.Paused, null).Settled);
        Expect(paused with { Run = new(Today, false) }, VmStep.Withdraw, VmReason.Paused, Due);
        Expect(paused with { Run = new(Today, true) }, VmStep.Wait, VmReason.RunOpen, Plan.EndOf(Today));
    }

    [Fact]
    public void An_open_run_is_waited_for_until_midnight_and_then_taken_back()
    {
        Expect(Question(Due) with { Run = new(Today, false) }, VmStep.Wait, VmReason.RunOpen, Plan.EndOf(Today));
        var over = Plan.EndOf(Today);
        var decision = Expect(Question(over) with { Run = new(Today, false) }, VmStep.Withdraw, VmReason.DayOver, over);
        Assert.Empty(decision.Settled);
    }

    [Fact]
    public void A_run_that_is_under_way_at_midnight_goes_on_and_its_day_is_settled_after_it()
    {
        var tomorrow = Today.PlusDays(1);
        var during = Question(Plan.StartOf(tomorrow)) with { Run = new(Today, true) };

        Assert.Empty(Expect(during, VmStep.Wait, VmReason.RunOpen, Plan.EndOf(tomorrow)).Settled);
        var after = Question(Plan.StartOf(tomorrow), covered: [Today]);
        Assert.Equal([new VmSettledDay(Today, VmDayStanding.Covered)], Expect(after, VmStep.Wait, VmReason.NotDue, Plan.DueOf(tomorrow)).Settled);
    }

    [Fact]
    public void A_run_whose_day_has_got_its_point_from_an_earlier_one_is_taken_back_unless_somebody_asked_for_it()
    {
        var question = Question(Due, covered: [Yesterday, Today]);

        Expect(question with { Run = new(Today, false) }, VmStep.Withdraw, VmReason.Covered, Due);
        Expect(question with { Run = new(Today, false, IsExtra: true) }, VmStep.Wait, VmReason.RunOpen, Plan.EndOf(Today));
    }

    [Fact]
    public void A_day_that_was_given_up_waits_for_the_next_one()
    {
        Expect(Question(Due) with { GivenUp = Today }, VmStep.Wait, VmReason.GivenUp, Plan.EndOf(Today));
        Expect(Question(Due) with { GivenUp = Yesterday }, VmStep.Open, VmReason.Due, Plan.EndOf(Today));
    }

    private static VmDayQuestion Question(Instant now, LocalDate[]? covered = null) => new()
    {
        Plan = Plan,
        Now = now,
        IsPaused = false,
        OwedFrom = Plan.DueOf(Today.PlusDays(-20)),
        SettledUntil = Yesterday,
        Covered = (covered ?? [Yesterday]).ToHashSet(),
    };

    private static VmDayDecision Expect(VmDayQuestion question, VmStep step, VmReason reason, Instant? lookAt)
    {
        var decision = VmDayRule.Decide(question);
        Assert.Equal((step, reason, lookAt), (decision.Step, decision.Reason, decision.LookAt));
        return decision;
    }
}
