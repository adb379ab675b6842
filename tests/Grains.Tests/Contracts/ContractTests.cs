using System.Collections.Immutable;
using System.Globalization;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;
using Npgsql;

namespace BackupOnline.Grains.Tests.Contracts;

/// <summary>Each on a cluster of its own: these tests move the clock by months.</summary>
public sealed class ContractTests(GrainsFixture fixture)
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public async Task There_is_no_contract_without_acceptance_of_both_documents()
    {
        var contract = new ContractWorld(fixture.Cluster);
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", contract.OrderAsync());
        await World.Must(contract.World.TenantGrain.CreateAsync(new() { Caller = World.NewCaller(), DisplayName = "A" }, default));
        await World.Refused(RefusalKind.Conflict, "terms-not-accepted", contract.OrderAsync());
        await contract.World.AcceptAsync("general-conditions");
        await World.Refused(RefusalKind.Conflict, "terms-not-accepted", contract.OrderAsync());
        await World.Refused(RefusalKind.NotFound, "contract-not-found", contract.Grain.ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "contract-not-found", contract.PayAsync("p"));
        await contract.World.AcceptAsync("specific-conditions");

        var caller = World.NewCaller();
        var first = await contract.OrderAsync(caller: caller);
        var again = await contract.OrderAsync(caller: caller);

        Assert.Equal((ContractStanding.Ordered, true, false), (first.Value!.Standing, first.IsFirst, again.IsFirst));
        Assert.Null(first.Value.LiabilityCapCents);
        await World.Refused(RefusalKind.Conflict, "contract-exists", contract.OrderAsync());
    }

    [Fact]
    public async Task A_payment_is_one_by_its_reference_and_the_first_starts_the_term()
    {
        var contract = await ContractWorld.OrderedAsync(fixture.Cluster);
        var at = contract.Now;

        var paid = await contract.PayAsync("pi_1", at: at);
        var again = await contract.PayAsync("pi_1", at: at.AddSeconds(3));

        Assert.Equal((true, false), (paid.IsFirst, again.IsFirst));
        var view = await contract.ReadAsync();
        Assert.Equal((ContractStanding.Active, 1, ContractWorld.Cents, ContractWorld.Cents), (view.Standing, view.Period!.Index, view.DueCents, view.PaidCents));
        Assert.Equal(ContractWorld.Cents, view.LiabilityCapCents);
        Assert.InRange((view.FirstPaymentAt!.Value - at).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.Equal(view.RenewsOn!.Value.AddDays(-1), view.LastDayForNotice);
        await World.Refused(RefusalKind.Conflict, "payment-differs", contract.PayAsync("pi_1", cents: 1));
        await World.Refused(RefusalKind.Conflict, "currency-differs", contract.PayAsync("pi_2", currency: "USD"));
        await World.Refused(RefusalKind.Invalid, "payment-in-future", contract.PayAsync("pi_3", at: contract.Now.AddHours(1)));
        await World.Refused(RefusalKind.Invalid, "payment-before-order", contract.PayAsync("pi_3", at: contract.Now.AddHours(-1)));
        await World.Refused(RefusalKind.Invalid, "amount-invalid", contract.PayAsync("pi_3", cents: 0));
        await World.Refused(RefusalKind.Invalid, "currency-invalid", contract.PayAsync("pi_3", currency: "eur"));
        await World.Refused(RefusalKind.Invalid, "reference-invalid", contract.PayAsync(""));
        var payments = (await World.Must(contract.Grain.PaymentsAsync(default))).Items;
        Assert.Equal([("pi_1", false), ("pi_2", true)], payments.Select(payment => (payment.Reference, payment.Refused)));
        Assert.Equal(["contract.ordered", "contract.paid", "contract.activated", "contract.payment-refused"], await contract.EventsAsync());
    }

    [Fact]
    public async Task A_read_is_right_before_the_firing_came_and_the_firing_tells_it_once()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        var end = (await contract.ReadAsync()).Period!.End;
        Assert.Equal([("contract.boundary", end)], (await AlarmsAsync(contract)).Where(alarm => alarm.Kind == "contract.boundary"));

        contract.MoveTo(end);

        var view = await contract.ReadAsync();
        Assert.Equal((ContractStanding.Renewed, 2), (view.Standing, view.Period!.Index));
        Assert.DoesNotContain("contract.renewed", await contract.EventsAsync());

        await contract.FireAsync("contract.boundary");
        var outcome = await contract.FireAsync("contract.boundary");

        Assert.Equal(view.Period.End, outcome.NextDue);
        Assert.Single(await contract.EventsAsync(), e => e == "contract.renewed");
        Assert.Contains(("contract.boundary", view.Period.End), await AlarmsAsync(contract));
    }

    [Fact]
    public async Task A_contract_that_slept_through_two_years_tells_every_renewal_in_order()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        cluster.Clock.Advance(TimeSpan.FromDays(730));
        await cluster.ForgetAsync(contract.Grain);

        await contract.FireAsync("contract.boundary");

        Assert.Equal((await contract.ReadAsync()).Period!.Index - 1, (await contract.EventsAsync()).Count(e => e == "contract.renewed"));
    }

    [Fact]
    public async Task A_sealed_month_extends_the_term_once_and_a_correction_adds_to_it()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        var view = await contract.ReadAsync();
        var next = new DateOnly(view.AnchorDate!.Value.Year, view.AnchorDate.Value.Month, 1).AddMonths(1);
        var month = next.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var start = ContractWorld.Midnight(next.AddDays(9));
        await World.Refused(RefusalKind.Conflict, "month-not-over", SealAsync(contract, month, (start, start.AddDays(1))));
        contract.MoveTo(ContractWorld.Midnight(next.AddMonths(1)));

        var sealedOne = await SealAsync(contract, month, (start, start.AddHours(12)), (start.AddHours(6), start.AddDays(1)));
        var again = await SealAsync(contract, month, (start, start.AddDays(1)));

        Assert.Equal((86_400L, 432_000L, true, false), (sealedOne.Value!.DownSeconds, sealedOne.Value.CreditSeconds, sealedOne.IsFirst, again.IsFirst));
        Assert.Equal(view.Period!.NominalEndDate.AddDays(5), (await contract.ReadAsync()).Period!.EndDate);
        await World.Refused(RefusalKind.Conflict, "month-sealed", SealAsync(contract, month, (start, start.AddDays(2))));
        await World.Refused(RefusalKind.Conflict, "month-outside-contract", SealAsync(contract, "2020-01"));
        await World.Refused(RefusalKind.Invalid, "month-invalid", SealAsync(contract, "2026-13"));
        await World.Refused(RefusalKind.Invalid, "outages-invalid", SealAsync(contract, month, (start, start)));

        var correction = new CorrectAvailability { Caller = World.NewCaller(), Month = month, Outages = [new() { Start = start, End = start.AddDays(2) }], Reason = "found later" };
        var corrected = await World.Must(contract.Grain.CorrectAvailabilityAsync(correction, default));
        Assert.Equal((432_000L, 432_000L), (corrected.CreditSeconds, corrected.CorrectionSeconds));
        Assert.False((await contract.Grain.CorrectAvailabilityAsync(correction with { Caller = World.NewCaller() }, default)).IsFirst);
        Assert.Equal(view.Period.NominalEndDate.AddDays(10), (await contract.ReadAsync()).Period!.EndDate);
        Assert.Equal(864_000, (await contract.ReadAsync()).CreditSeconds);
        Assert.Equal([corrected], (await World.Must(contract.Grain.CreditsAsync(default))).Items);
        Assert.Contains(("contract.boundary", ContractWorld.Midnight(view.Period.NominalEndDate.AddDays(10))), await AlarmsAsync(contract));
    }

    [Fact]
    public async Task A_notice_ends_with_the_period_and_the_deadlines_pass_to_certified_erasure()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        var noticed = await World.Must(contract.NoticeAsync());
        Assert.Equal((ContractStanding.NoticeGiven, TerminationKind.Notice), (noticed.Standing, noticed.Termination!.Kind));
        Assert.Null(noticed.RenewsOn);
        await World.Must(contract.Grain.WithdrawNoticeAsync(new() { Caller = World.NewCaller() }, default));
        noticed = await World.Must(contract.NoticeAsync());

        await StepAsync(noticed.Termination!.EndsAt, "contract.boundary", ContractStanding.Transition);
        await World.Refused(RefusalKind.Conflict, "contract-over", contract.PayAsync("late"));
        await World.Refused(RefusalKind.Conflict, "contract-over", contract.PayAsync("late"));
        await StepAsync(noticed.TransitionEndsAt!.Value, "contract.deadline", ContractStanding.Retrieval);
        Assert.False((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
        await World.Refused(RefusalKind.Conflict, "erasure-not-due", CertifyAsync());
        await StepAsync(noticed.RetrievalEndsAt!.Value, "contract.deadline", ContractStanding.ErasureDue);
        Assert.True((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
        var erased = await World.Must(CertifyAsync());

        Assert.Equal((ContractStanding.Erased, Hash), (erased.Standing, erased.ErasureCertificateSha256));
        Assert.Equal(
            [
                "contract.ordered", "contract.paid", "contract.activated", "contract.notice-given", "contract.notice-due", "contract.notice-withdrawn", "contract.notice-given",
                "contract.ended", "contract.payment-refused", "contract.transition-ended", "contract.erasure-due", "contract.erased", "contract.notice-due",
            ],
            await contract.EventsAsync());

        async Task StepAsync(DateTimeOffset at, string kind, ContractStanding standing)
        {
            Assert.Contains((kind, at), await AlarmsAsync(contract));
            contract.MoveTo(at);
            Assert.Equal(standing, (await contract.ReadAsync()).Standing);
            await contract.FireAsync(kind);
        }

        Task<Reply<ContractView>> CertifyAsync() => contract.Grain.CertifyErasureAsync(new() { Caller = World.NewCaller(), CertificateSha256 = Hash }, default);
    }

    [Fact]
    public async Task A_suspension_suspends_the_tenants_service_and_lifting_it_resumes_it()
    {
        var contract = await ContractWorld.PaidAsync(fixture.Cluster);

        Assert.True((await World.Must(SuspendAsync(contract, true))).Suspended);
        Assert.True((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
        Assert.False((await SuspendAsync(contract, true)).IsFirst);
        Assert.False((await World.Must(SuspendAsync(contract, false))).Suspended);
        Assert.False((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
    }

    [Fact]
    public async Task A_tenant_that_could_not_be_told_of_a_suspension_is_told_by_the_schedule()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        cluster.Faults.Break($"tenant/{contract.Tenant}", "SuspendAsync");
        Assert.True((await World.Must(SuspendAsync(contract, true))).Suspended);
        Assert.False((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
        Assert.Contains(await AlarmsAsync(contract), alarm => alarm.Kind == "contract.tell-tenant");
        Assert.Equal(Grains.Interfaces.Schedules.FiringResult.Failed, (await contract.FireAsync("contract.tell-tenant")).Result);
        cluster.Faults.Heal($"tenant/{contract.Tenant}", "SuspendAsync");

        var outcome = await contract.FireAsync("contract.tell-tenant");

        Assert.Equal(Grains.Interfaces.Schedules.FiringResult.Ended, outcome.Result);
        Assert.True((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
        Assert.DoesNotContain(await AlarmsAsync(contract), alarm => alarm.Kind == "contract.tell-tenant");
    }

    [Fact]
    public async Task Ending_for_abuse_takes_two_persons()
    {
        var contract = await ContractWorld.PaidAsync(fixture.Cluster);
        await World.Must(contract.Grain.ProposeAbuseTerminationAsync(new() { Caller = World.NewCaller(), Reason = "attacks" }, default));
        var judge = new JudgeAbuseTermination { Caller = World.NewCaller(), Confirmed = true, Reason = "seen" };
        await World.Refused(RefusalKind.Forbidden, "same-person", contract.Grain.JudgeAbuseTerminationAsync(judge, default));

        var view = await World.Must(contract.Grain.JudgeAbuseTerminationAsync(judge with { Caller = World.NewCaller() with { Actor = "key:test/k2" } }, default));

        Assert.Equal((ContractStanding.ErasureDue, TerminationKind.Abuse), (view.Standing, view.Termination!.Kind));
        Assert.Null(view.Refund);
        Assert.True((await World.Must(contract.World.TenantGrain.ReadAsync(default))).Suspended);
    }

    [Fact]
    public async Task Notices_are_listed_fall_due_and_are_recorded_as_given()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster, ClientClass.Consumer);
        var due = Assert.Single((await World.Must(contract.Grain.NoticesAsync(default))).Items);
        Assert.Equal(("renewal-1", NoticeKind.Renewal, "it@example.com", false), (due.Id, due.Kind, due.Recipient, due.Valid));
        contract.MoveTo(ContractWorld.Midnight(due.DueOn));
        await contract.FireAsync("contract.notice");
        Assert.Contains("contract.notice-due", await contract.EventsAsync());

        var given = new RecordNotice { Caller = World.NewCaller(), Notice = due.Id, SentOn = due.DueOn, Channel = "email", Reference = "m1" };
        Assert.True((await World.Must(contract.Grain.RecordNoticeAsync(given, default))).Valid);
        Assert.False((await contract.Grain.RecordNoticeAsync(given, default)).IsFirst);
        await World.Refused(RefusalKind.NotFound, "notice-not-found", contract.Grain.RecordNoticeAsync(given with { Notice = "renewal-9" }, default));
        contract.MoveTo((await contract.ReadAsync()).Period!.End);
        await World.Refused(RefusalKind.Conflict, "may-not-leave-at-once", contract.NoticeAsync(atOnce: true));
    }

    [Fact]
    public async Task A_consumer_who_was_not_told_leaves_at_once_and_is_refunded()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster, ClientClass.Consumer);
        contract.MoveTo((await contract.ReadAsync()).Period!.End.AddDays(1));
        await World.Must(contract.PayAsync("second"));
        Assert.True((await contract.ReadAsync()).MayLeaveAtOnce);

        var left = await World.Must(contract.NoticeAsync(atOnce: true));

        Assert.Equal((ContractStanding.Transition, left.PaidCents - left.DueCents), (left.Standing, left.Refund!.AmountCents));
        Assert.InRange(left.Refund.AmountCents, ContractWorld.Cents * 8 / 10, ContractWorld.Cents - 1);
        Assert.Equal("r1", (await World.Must(contract.Grain.RecordRefundAsync(new() { Caller = World.NewCaller(), Reference = "r1" }, default))).Refund!.Reference);
    }

    [Fact]
    public async Task A_new_price_waits_for_the_next_period_and_everything_survives_the_activation()
    {
        var contract = await ContractWorld.PaidAsync(fixture.Cluster);
        await World.Must(contract.Grain.ChangePriceAsync(new() { Caller = World.NewCaller(), PriceCents = 39_900 }, default));
        var before = await contract.ReadAsync();
        Assert.Equal((ContractWorld.Cents, 39_900L), (before.LiabilityCapCents!.Value, before.NextPriceCents));

        await fixture.Cluster.ForgetAsync(contract.Grain);

        Assert.Equal(before, await contract.ReadAsync());
        Assert.False((await contract.PayAsync("first", at: contract.Now)).IsFirst);
    }

    private static Task<Reply<ContractView>> SuspendAsync(ContractWorld contract, bool suspended) =>
        contract.Grain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = suspended, Reason = "unpaid" }, default);

    private static Task<Reply<CreditView>> SealAsync(ContractWorld contract, string month, params (DateTimeOffset Start, DateTimeOffset End)[] outages) =>
        contract.Grain.SealAvailabilityAsync(
            new() { Caller = World.NewCaller(), Month = month, Outages = [.. outages.Select(outage => new Outage { Start = outage.Start, End = outage.End })] }, default);

    private static async Task<ImmutableArray<(string Kind, DateTimeOffset Due)>> AlarmsAsync(ContractWorld contract)
    {
        await using var command = contract.Database.CreateCommand("select kind, next_due from schedule where scope = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Tenant });
        await using var reader = await command.ExecuteReaderAsync();
        var alarms = ImmutableArray.CreateBuilder<(string, DateTimeOffset)>();
        while (await reader.ReadAsync()) alarms.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return alarms.ToImmutable();
    }
}
