using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class TerminationTests
{
    private const string Hash = "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b";
    private static readonly Instant Start = Life.Paris(2026, 1, 15, 11);

    [Fact]
    public void A_notice_ends_the_contract_with_the_period_and_then_come_thirty_and_thirty_days()
    {
        var life = Life.Paid(Start).MoveTo(2026, 4, 14);
        Assert.Null(life.Do(Notice()));
        Assert.Equal((ContractStanding.NoticeGiven, Life.Paris(2026, 4, 15)), (life.Moment.Standing, life.Moment.EndsAt));
        Assert.Null(life.Do(Notice()));
        Assert.Single(life.Events.OfType<ContractEvent.NoticeTaken>());

        Assert.Equal(ContractStanding.NoticeGiven, life.MoveTo(Life.Paris(2026, 4, 15) - Duration.Epsilon).Moment.Standing);
        Assert.Equal(ContractStanding.Transition, life.MoveTo(2026, 4, 15).Moment.Standing);
        Assert.Equal(ContractStanding.Transition, life.MoveTo(Life.Paris(2026, 5, 15) - Duration.Epsilon).Moment.Standing);
        Assert.Equal(ContractStanding.Retrieval, life.MoveTo(2026, 5, 15).Moment.Standing);
        Assert.Equal(ContractStanding.Retrieval, life.MoveTo(Life.Paris(2026, 6, 14) - Duration.Epsilon).Moment.Standing);
        Assert.Equal(ContractStanding.ErasureDue, life.MoveTo(2026, 6, 14).Moment.Standing);
        Assert.Equal(
            [new(ContractStanding.Transition, Life.Paris(2026, 4, 15)), new(ContractStanding.Retrieval, Life.Paris(2026, 5, 15)), new(ContractStanding.ErasureDue, Life.Paris(2026, 6, 14))],
            life.Events.OfType<ContractEvent.StageBegan>());
        Assert.Equal((1, Life.Cents), (life.Moment.Period!.Index, life.Moment.DueCents));
        Assert.DoesNotContain(life.Events, e => e is ContractEvent.Renewed);
    }

    [Fact]
    public void Across_a_change_of_clocks_transition_is_never_longer_and_retrieval_never_shorter_than_thirty_days()
    {
        // Both spans contain a change of clocks in one of these years' halves.
        foreach (var first in new[] { Life.Paris(2025, 12, 1, 9), Life.Paris(2026, 1, 1), Life.Paris(2026, 6, 28, 9), Life.Paris(2026, 7, 15) })
        {
            var life = Life.Paid(first);
            life.Do(Notice());
            var moment = life.Moment;
            Assert.InRange(moment.TransitionEndsAt!.Value - moment.EndsAt!.Value, Duration.FromDays(29), Duration.FromDays(30));
            Assert.InRange(moment.ErasureDueAt!.Value - moment.TransitionEndsAt.Value, Duration.FromDays(30), Duration.FromDays(31));
            Assert.Equal(LocalTime.Midnight, moment.ErasureDueAt.Value.InZone(ContractPolicy.Default.Zone).TimeOfDay);
        }
    }

    [Fact]
    public void A_notice_can_be_withdrawn_while_the_contract_runs()
    {
        var life = Life.Paid(Start);
        Assert.Equal(ContractRefusal.NoNotice, life.Do(new ContractCommand.WithdrawNotice(Life.Customer)));
        life.Do(Notice());

        Assert.Null(life.Do(new ContractCommand.WithdrawNotice(Life.Customer)));
        Assert.Equal(ContractStanding.Renewed, life.MoveTo(2026, 4, 15).Moment.Standing);

        life.Do(Notice());
        life.MoveTo(2026, 7, 15);
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.WithdrawNotice(Life.Customer)));
        Assert.Equal(ContractRefusal.Over, life.Do(Notice()));
    }

    [Fact]
    public void A_credit_told_after_the_end_moves_the_end_and_everything_behind_it()
    {
        var life = Life.Paid(Start);
        life.Do(Notice());
        life.MoveTo(2026, 5, 1);
        Assert.Equal(ContractStanding.Transition, life.Moment.Standing);

        // 13 April was down: five days more. The end was told, and stays in the past.
        Assert.Null(life.Do(new ContractCommand.SealMonth(new(2026, 4), [new(Life.Paris(2026, 4, 13), Life.Paris(2026, 4, 14))])));
        Assert.Equal((Life.Paris(2026, 4, 20), Life.Paris(2026, 5, 20)), (life.Moment.EndsAt, life.Moment.TransitionEndsAt));
        Assert.Single(life.Events.OfType<ContractEvent.StageBegan>());
        Assert.Equal(14 * 86_400, life.Contract.Months[^1].Availability.ActiveSeconds);
    }

    [Fact]
    public void A_credit_that_moves_the_end_into_the_future_lets_the_contract_run_on()
    {
        var life = Life.Paid(Start);
        life.Do(Notice());
        life.MoveTo(2026, 5, 1);

        Assert.Null(life.Do(new ContractCommand.SealMonth(new(2026, 4), [new(Life.Paris(2026, 4, 1), Life.Paris(2026, 4, 11))])));
        Assert.Equal((ContractStanding.NoticeGiven, Life.Paris(2026, 6, 4)), (life.Moment.Standing, life.Moment.EndsAt));
        Assert.Equal(2, life.MoveTo(2026, 6, 4).Events.Count(e => e is ContractEvent.StageBegan { Stage: ContractStanding.Transition }));
    }

    [Fact]
    public void Erasure_is_certified_when_it_is_due_and_once()
    {
        var life = Life.Paid(Start);
        Assert.Equal(ContractRefusal.ErasureNotDue, life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, Hash)));
        life.Do(Notice());
        life.MoveTo(Life.Paris(2026, 6, 14) - Duration.Epsilon);
        Assert.Equal(ContractRefusal.ErasureNotDue, life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, Hash)));
        life.MoveTo(2026, 6, 20);
        life.Do(new ContractCommand.SealMonth(new(2026, 4), []));

        Assert.Null(life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, Hash)));
        Assert.Null(life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, Hash)));
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, Hash.Replace('3', '4'))));
        Assert.Equal((ContractStanding.Erased, ContractRefusal.Over), (life.Moment.Standing, life.Do(new ContractCommand.Suspend(Life.OperatorA, "x"))));
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.CorrectMonth(new(2026, 4), [new(Start, life.Now)], "x")));
        Assert.Null(life.Do(new ContractCommand.Order(ContractClient.Professional, "EUR", 1, ContractPolicy.Default)));
        Assert.Equal(ContractStanding.Ordered, life.Moment.Standing);
    }

    [Fact]
    public void A_consumer_who_was_not_told_of_the_renewal_may_leave_at_once_and_gets_the_rest_back()
    {
        var life = Life.Paid(Start, ContractClient.Consumer);
        Assert.Equal(ContractRefusal.MayNotLeaveAtOnce, life.Do(Notice(atOnce: true)));
        life.MoveTo(2026, 4, 15);
        life.Pay(life.Now);
        Assert.True(life.Moment.MayLeaveAtOnce);

        // 15 April to 15 July are 91 days; 30 of them are used.
        life.MoveTo(2026, 5, 15);
        Assert.Null(life.Do(Notice(atOnce: true)));

        Assert.Equal((ContractStanding.Transition, life.Now), (life.Moment.Standing, life.Moment.EndsAt));
        var unused = ((Life.Cents * 61) + 90) / 91;
        Assert.Equal(new ContractRefund(unused, life.Now + Duration.FromDays(30)), life.Contract.Refund);
        Assert.Equal((2 * Life.Cents) - unused, life.Moment.DueCents);
        Assert.Equal(new Interval(Start, life.Now), ContractClock.Running(life.Contract));
    }

    [Fact]
    public void What_was_never_paid_is_never_refunded()
    {
        var life = Life.Paid(Start, ContractClient.NonProfessional).MoveTo(2026, 5, 15);
        life.Do(Notice());

        Assert.Null(life.Do(Notice(atOnce: true)));
        Assert.Null(life.Contract.Refund);
        Assert.Equal(ContractRefusal.NoRefund, life.Do(new ContractCommand.RecordRefund("r")));
    }

    [Fact]
    public void Who_was_told_in_time_or_is_a_professional_leaves_with_the_period()
    {
        var told = Life.Paid(Start, ContractClient.Consumer).MoveTo(2026, 3, 15);
        Assert.Null(told.Do(new ContractCommand.RecordNotice(new(NoticeDuty.RenewalOf(1), new(2026, 3, 15), "post", "RR1"))));
        told.MoveTo(2026, 4, 15);
        var professional = Life.Paid(Start).MoveTo(2026, 4, 15);

        Assert.Equal(ContractRefusal.MayNotLeaveAtOnce, told.Do(Notice(atOnce: true)));
        Assert.Equal(ContractRefusal.MayNotLeaveAtOnce, professional.Do(Notice(atOnce: true)));
        Assert.False(told.Moment.MayLeaveAtOnce || professional.Moment.MayLeaveAtOnce);
    }

    [Fact]
    public void A_refund_is_paid_once()
    {
        var life = Life.Paid(Start, ContractClient.Consumer).MoveTo(2026, 4, 15);
        life.Pay(life.Now);
        life.Do(Notice(atOnce: true));

        Assert.Equal(Life.Cents, life.Contract.Refund!.Cents);
        Assert.Null(life.Do(new ContractCommand.RecordRefund("r")));
        Assert.Null(life.Do(new ContractCommand.RecordRefund("r")));
        Assert.Equal(ContractRefusal.NoRefund, life.Do(new ContractCommand.RecordRefund("s")));
        Assert.Equal((life.Now, "r"), (life.Contract.Refund.PaidAt, life.Contract.Refund.Reference));
    }

    [Fact]
    public void Abuse_ends_the_contract_at_once_when_two_persons_say_so_and_nothing_is_refunded()
    {
        var life = Life.Paid(Start);
        Assert.Equal(ContractRefusal.NoProposal, life.Do(Judge(Life.OperatorB)));
        Assert.Null(life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "attacks")));
        Assert.Null(life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "attacks")));
        Assert.Equal(ContractRefusal.ProposalStands, life.Do(new ContractCommand.ProposeAbuse(Life.OperatorB, "attacks")));
        Assert.Equal(ContractRefusal.SamePerson, life.Do(Judge(Life.OperatorA)));
        Assert.Equal(ContractStanding.Active, life.Moment.Standing);

        Assert.Null(life.Do(Judge(Life.OperatorB)));

        Assert.Equal((ContractStanding.ErasureDue, life.Now, life.Now), (life.Moment.Standing, life.Moment.EndsAt, life.Moment.ErasureDueAt));
        Assert.Null(life.Moment.TransitionEndsAt);
        Assert.Equal((Life.Cents, "attacks"), (life.Moment.DueCents, life.Contract.Termination!.Reason));
        Assert.Null(life.Contract.Refund);
        Assert.Equal([new ContractEvent.StageBegan(ContractStanding.ErasureDue, life.Now)], life.Events.OfType<ContractEvent.StageBegan>());
        Assert.Equal(ContractRefusal.Over, life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "more")));
        Assert.Equal(ContractRefusal.Over, life.Do(Judge(Life.OperatorA)));
        Assert.Null(life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, Hash)));
        Assert.Equal(
            [NoticeDuty.TerminationReceipt, NoticeDuty.ErasureCertificate],
            life.Duties.Select(duty => duty.Id));
    }

    [Fact]
    public void A_proposal_can_be_rejected_by_anybody_and_lapses_after_seven_days()
    {
        var life = Life.Paid(Start);
        life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "attacks"));
        Assert.Null(life.Do(new ContractCommand.JudgeAbuse(Life.OperatorA, "mistake", Confirmed: false)));
        Assert.Null(life.Contract.Proposal);

        life.Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "attacks"));
        life.MoveTo(Start + Duration.FromDays(7));
        Assert.Equal(ContractRefusal.NoProposal, life.Do(Judge(Life.OperatorB)));
        Assert.Null(life.Do(new ContractCommand.ProposeAbuse(Life.OperatorB, "attacks")));
        life.MoveTo(life.Now + Duration.FromDays(7) - Duration.Epsilon);
        Assert.Null(life.Do(Judge(Life.OperatorA)));
    }

    [Fact]
    public void Who_never_paid_cannot_be_ended_for_abuse() =>
        Assert.Equal(ContractRefusal.NotPaid, new Life(Start).Do(new ContractCommand.ProposeAbuse(Life.OperatorA, "x")));

    private static ContractCommand.GiveNotice Notice(bool atOnce = false) => new(Life.Customer, "moving", atOnce);

    private static ContractCommand.JudgeAbuse Judge(string by) => new(by, "seen", Confirmed: true);
}
