using System.Globalization;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;
using Npgsql;

namespace BackupOnline.Grains.Tests.Contracts;

/// <summary>What is wrong, late or told by a wrong clock: a clear refusal, and the state as it was.</summary>
public sealed class ContractBadInputTests(GrainsFixture fixture)
{
    [Fact]
    public async Task What_is_refused_leaves_state_and_log_as_they_were()
    {
        var contract = await ContractWorld.PaidAsync(fixture.Cluster);
        var view = await contract.ReadAsync();
        var events = await contract.EventsAsync();
        var month = Month(view.AnchorDate!.Value);
        var later = contract.Now.AddDays(1);

        await World.Refused(RefusalKind.Conflict, "payment-differs", contract.PayAsync("first", cents: 1));
        await World.Refused(RefusalKind.Conflict, "payment-differs", contract.PayAsync("first", currency: "USD"));
        await World.Refused(RefusalKind.Invalid, "payment-in-future", contract.PayAsync("p", at: later));
        await World.Refused(RefusalKind.Invalid, "payment-before-order", contract.PayAsync("p", at: DateTimeOffset.UnixEpoch));
        await World.Refused(RefusalKind.Invalid, "amount-invalid", contract.PayAsync("p", cents: -1));
        await World.Refused(RefusalKind.Invalid, "amount-invalid", contract.PayAsync("p", cents: long.MaxValue));
        await World.Refused(RefusalKind.Invalid, "currency-invalid", contract.PayAsync("p", currency: "EURO"));
        await World.Refused(RefusalKind.Invalid, "reference-invalid", contract.PayAsync(new string('x', 101)));
        await World.Refused(RefusalKind.Conflict, "month-not-over", SealAsync(contract, month));
        await World.Refused(RefusalKind.Conflict, "month-outside-contract", SealAsync(contract, "2020-02"));
        await World.Refused(RefusalKind.Invalid, "month-invalid", SealAsync(contract, "2026-00"));
        await World.Refused(RefusalKind.Invalid, "outages-invalid", SealAsync(contract, month, (later, later.AddSeconds(-1))));
        await World.Refused(RefusalKind.Conflict, "month-not-sealed", contract.Grain.CorrectAvailabilityAsync(new() { Caller = World.NewCaller(), Month = month, Outages = [], Reason = "x" }, default));
        await World.Refused(RefusalKind.Conflict, "no-notice", contract.Grain.WithdrawNoticeAsync(new() { Caller = World.NewCaller() }, default));
        await World.Refused(RefusalKind.Conflict, "erasure-not-due", contract.Grain.CertifyErasureAsync(new() { Caller = World.NewCaller(), CertificateSha256 = new('a', 64) }, default));
        await World.Refused(RefusalKind.Conflict, "no-refund", contract.Grain.RecordRefundAsync(new() { Caller = World.NewCaller(), Reference = "r" }, default));

        await contract.PayAsync("first");
        Assert.Equal(view, await contract.ReadAsync());
        Assert.Equal(events, await contract.EventsAsync());
    }

    [Fact]
    public async Task A_payment_for_a_contract_that_is_over_counts_for_nothing_and_is_kept_once_to_be_sent_back()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        var noticed = await World.Must(contract.NoticeAsync());
        contract.MoveTo(noticed.Termination!.EndsAt);
        var before = await contract.ReadAsync();

        for (var time = 0; time < 3; time++) await World.Refused(RefusalKind.Conflict, "contract-over", contract.PayAsync("late"));
        await World.Refused(RefusalKind.Conflict, "payment-differs", contract.PayAsync("late", cents: 5));

        var after = await contract.ReadAsync();
        Assert.Equal((before.Standing, before.PaidCents, before.DueCents, before.Period), (after.Standing, after.PaidCents, after.DueCents, after.Period));
        var payments = (await World.Must(contract.Grain.PaymentsAsync(default))).Items;
        Assert.Equal([("first", null), ("late", "contract-over")], payments.Select(payment => (payment.Reference, payment.RefusalCode)));
        Assert.Single(await contract.EventsAsync(), e => e == "contract.payment-refused");
    }

    [Fact]
    public async Task A_month_without_a_single_outage_is_sealed_with_no_credit_and_overlapping_ones_count_once()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        var first = (await contract.ReadAsync()).AnchorDate!.Value;
        var quiet = new DateOnly(first.Year, first.Month, 1).AddMonths(1);
        var loud = quiet.AddMonths(1);
        contract.MoveTo(ContractWorld.Midnight(loud.AddMonths(1)));
        var end = (await contract.ReadAsync()).Period!.End;

        var none = await World.Must(SealAsync(contract, Month(quiet)));
        Assert.Equal((0L, 0L, false), (none.DownSeconds, none.CreditSeconds, none.BelowCommitment));
        Assert.Equal(end, (await contract.ReadAsync()).Period!.End);

        // Thrice the same day, one of them whole, one inside, one that begins before and one that ends after.
        var day = ContractWorld.Midnight(loud.AddDays(9));
        var union = await World.Must(SealAsync(contract, Month(loud), (day, day.AddDays(1)), (day.AddHours(3), day.AddHours(4)), (day.AddHours(-1), day.AddHours(2)), (day.AddHours(20), day.AddHours(25))));
        Assert.Equal((26 * 3_600L, 5 * 26 * 3_600L), (union.DownSeconds, union.CreditSeconds));
        Assert.Equal(union, await World.Must(SealAsync(contract, Month(loud), (day.AddHours(-1), day.AddHours(25)))));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_tells_nothing_twice_takes_nothing_and_loses_no_schedule()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var contract = await ContractWorld.PaidAsync(cluster);
        var end = (await contract.ReadAsync()).Period!.End;
        contract.MoveTo(end.AddHours(1));
        await contract.FireAsync("contract.boundary");
        await World.Must(contract.PayAsync("second"));
        var right = await contract.ReadAsync();
        var events = await contract.EventsAsync();

        cluster.Clock.Advance(TimeSpan.FromDays(-40));
        await contract.FireAsync("contract.boundary");
        Assert.False((await contract.PayAsync("second", at: end.AddHours(1))).IsFirst);
        await World.Refused(RefusalKind.Invalid, "payment-in-future", contract.PayAsync("third", at: end.AddHours(1)));
        Assert.Equal((ContractStanding.Active, 1), ((await contract.ReadAsync()).Standing, (await contract.ReadAsync()).Period!.Index));

        // Before the first payment, even, somebody writes.
        cluster.Clock.Advance(TimeSpan.FromDays(-400));
        foreach (var suspended in new[] { true, false })
            await World.Must(contract.Grain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = suspended, Reason = "x" }, default));
        Assert.Equal(end, await DueAsync(contract, "contract.boundary"));

        cluster.Clock.Advance(TimeSpan.FromDays(440));
        await contract.FireAsync("contract.boundary");

        Assert.Equal(right with { Version = 0 }, await contract.ReadAsync() with { Version = 0 });
        Assert.Equal([.. events, "contract.suspended", "contract.resumed"], await contract.EventsAsync());
        Assert.Equal(right.Period!.End, await DueAsync(contract, "contract.boundary"));
    }

    [Fact]
    public async Task A_notice_day_that_passed_while_no_silo_was_awake_is_put_away_and_not_fired_for_ever()
    {
        var service = World.Name("s");
        await using var cluster = await fixture.StartClusterAsync(service, silos: 1, schedules: options => options.LookEvery = TimeSpan.FromMilliseconds(250));
        var contract = await ContractWorld.PaidAsync(cluster);
        var notice = Assert.Single((await World.Must(contract.Grain.NoticesAsync(default))).Items);
        Assert.NotNull(await DueAsync(contract, "contract.notice"));

        contract.MoveTo(ContractWorld.Midnight(notice.Latest.AddDays(2)));

        // The partition fires it; nothing is told any more, since the notice would not be valid.
        await Eventually.Async("the schedule is put away", () => DueAsync(contract, "contract.notice"), due => due is null);
        Assert.DoesNotContain("contract.notice-due", await contract.EventsAsync());
        Assert.Equal((await contract.ReadAsync()).Period!.End, await DueAsync(contract, "contract.boundary"));
    }

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static Task<Reply<CreditView>> SealAsync(ContractWorld contract, string month, params (DateTimeOffset Start, DateTimeOffset End)[] outages) =>
        contract.Grain.SealAvailabilityAsync(
            new() { Caller = World.NewCaller(), Month = month, Outages = [.. outages.Select(outage => new Outage { Start = outage.Start, End = outage.End })] }, default);

    private static async Task<DateTimeOffset?> DueAsync(ContractWorld contract, string kind)
    {
        await using var command = contract.Database.CreateCommand("select next_due from schedule where scope = $1 and kind = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        return await command.ExecuteScalarAsync() as DateTime? is { } due ? new DateTimeOffset(due) : null;
    }
}
