using BackupOnline.Rules.Contracts;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class NoticeRollTests
{
    private static readonly Instant Start = Life.Paris(2026, 1, 15, 11);

    [Fact]
    public void A_renewal_notice_falls_due_a_fortnight_before_its_last_day_and_is_told_once()
    {
        // Ends 15 April: valid from 15 January to 15 March.
        var life = Life.Paid(Start);
        var duty = Assert.Single(life.Duties);
        Assert.Equal((NoticeDuty.RenewalOf(1), NoticeSubject.Renewal), (duty.Id, duty.Subject));
        Assert.Equal((new LocalDate(2026, 3, 1), new(2026, 1, 15), new(2026, 3, 15)), (duty.DueOn, duty.Window.Earliest, duty.Window.Latest));
        Assert.Equal(Life.Paris(2026, 3, 1), NoticeRoll.NextDue(life.Contract, life.Now));

        Assert.DoesNotContain(life.MoveTo(Life.Paris(2026, 3, 1) - Duration.Epsilon).Events, e => e is ContractEvent.NoticeFellDue);
        life.MoveTo(2026, 3, 1).MoveTo(2026, 3, 2);

        Assert.Equal(new(new("renewal-1", new(2026, 3, 1))), Assert.Single(life.Events.OfType<ContractEvent.NoticeFellDue>()));
        Assert.Null(NoticeRoll.NextDue(life.Contract, life.Now));
    }

    [Fact]
    public void What_was_given_in_time_does_not_fall_due()
    {
        var life = Life.Paid(Start);

        Assert.Null(life.Do(Give("renewal-1", new(2026, 1, 15))));
        Assert.True(life.Duties[0].IsValid);
        Assert.Null(NoticeRoll.NextDue(life.Contract, life.Now));
        Assert.DoesNotContain(life.MoveTo(2026, 3, 10).Events, e => e is ContractEvent.NoticeFellDue);
    }

    [Fact]
    public void A_duty_whose_last_day_is_over_is_no_longer_told() =>
        Assert.DoesNotContain(Life.Paid(Start).MoveTo(2026, 3, 16).Events, e => e is ContractEvent.NoticeFellDue);

    [Fact]
    public void A_duty_is_still_told_on_its_last_day() =>
        Assert.Single(Life.Paid(Start).MoveTo(2026, 3, 15).Events.OfType<ContractEvent.NoticeFellDue>());

    [Fact]
    public void A_credit_that_moves_the_end_makes_an_early_notice_void_and_due_again()
    {
        var life = Life.Paid(Start);
        life.Do(Give("renewal-1", new(2026, 1, 15)));
        life.MoveTo(2026, 3, 1);
        life.Do(new ContractCommand.SealMonth(new(2026, 2), [new(Life.Paris(2026, 2, 10), Life.Paris(2026, 2, 14))]));

        // Ends 5 May by now: valid from 5 February to 5 April.
        Assert.False(life.Duties[0].IsValid);
        Assert.Equal(new LocalDate(2026, 1, 15), life.Duties[0].Given!.SentOn);
        Assert.Equal(new NoticeToken("renewal-1", new(2026, 3, 22)), life.MoveTo(2026, 3, 22).Events.OfType<ContractEvent.NoticeFellDue>().Single().Notice);
        Assert.Null(life.Do(Give("renewal-1", new(2026, 3, 22))));
        Assert.True(life.Duties[0].IsValid);
        Assert.Equal(new LocalDate(2026, 3, 22), life.Duties[0].Given!.SentOn);
    }

    [Fact]
    public void A_notice_is_recorded_once_per_day_and_channel_and_never_for_the_future()
    {
        var life = Life.Paid(Start).MoveTo(2026, 2, 1);

        Assert.Null(life.Do(Give("renewal-1", new(2026, 2, 1))));
        Assert.Null(life.Do(Give("renewal-1", new(2026, 2, 1))));
        Assert.Null(life.Do(Give("renewal-1", new(2026, 2, 1), "post")));
        Assert.Equal(2, life.Contract.Notices.Length);
        Assert.Equal(ContractRefusal.NoticeInFuture, life.Do(Give("renewal-1", new(2026, 2, 2))));
        Assert.Equal(ContractRefusal.NoticeBeforeOrder, life.Do(Give("renewal-1", life.Contract.OrderedAt.InZone(ContractPolicy.Default.Zone).Date.PlusDays(-1))));
        Assert.Null(life.Do(Give("renewal-1", life.Contract.OrderedAt.InZone(ContractPolicy.Default.Zone).Date)));
        Assert.Equal(3, life.Contract.Notices.Length);
        Assert.Equal(ContractRefusal.NoticeUnknown, life.Do(Give("renewal-2", new(2026, 2, 1))));
        Assert.Equal(ContractRefusal.NoticeUnknown, new Life(Start).Do(Give("renewal-1", new(2026, 2, 1))));
    }

    [Fact]
    public void The_end_demands_a_receipt_a_warning_and_a_certificate()
    {
        var life = Life.Paid(Start).MoveTo(2026, 5, 1);
        life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false));

        // Period 2 ends on 15 July: its renewal is nobody's business any more.
        Assert.Equal(["renewal-1", NoticeDuty.TerminationReceipt, NoticeDuty.ErasureWarning], life.Duties.Select(d => d.Id));
        Assert.Equal(["renewal-1", NoticeDuty.TerminationReceipt], [.. life.Duties.Where(d => d.DueOn <= new LocalDate(2026, 5, 1)).Select(d => d.Id)]);
        Assert.Equal((new LocalDate(2026, 5, 1), new LocalDate(2026, 5, 2)), (life.Duties[1].Window.Earliest, life.Duties[1].Window.Latest));

        // Ends 15 July, transition to 14 August, erasure 13 September.
        Assert.Equal((new LocalDate(2026, 8, 30), new LocalDate(2026, 5, 1), new LocalDate(2026, 9, 12)),
            (life.Duties[2].DueOn, life.Duties[2].Window.Earliest, life.Duties[2].Window.Latest));
        life.MoveTo(2026, 9, 13);
        life.Do(new ContractCommand.CertifyErasure(Life.OperatorA, "x"));
        Assert.Equal((NoticeDuty.ErasureCertificate, NoticeSubject.ErasureCertificate, new LocalDate(2026, 9, 14)),
            (life.Duties[3].Id, life.Duties[3].Subject, life.Duties[3].Window.Latest));
        Assert.Equal([NoticeDuty.TerminationReceipt, NoticeDuty.ErasureCertificate], life.Events.OfType<ContractEvent.NoticeFellDue>().Select(e => e.Notice.Duty));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_notice_of_a_renewal_that_has_happened_due()
    {
        var life = Life.Paid(Start).MoveTo(2026, 3, 1);
        life.Do(new ContractCommand.GiveNotice(Life.Customer, "", AtOnce: false));
        life.MoveTo(2026, 4, 1);
        life.Do(new ContractCommand.WithdrawNotice(Life.Customer));
        life.MoveTo(2026, 4, 15);
        var told = life.Events.Count;

        life.MoveTo(2026, 3, 10);

        Assert.Equal(told, life.Events.Count);
        Assert.Null(NoticeRoll.NextDue(life.Contract, life.Now));
    }

    private static ContractCommand.RecordNotice Give(string duty, LocalDate day, string channel = "email") => new(new(duty, day, channel, "m1"));
}
