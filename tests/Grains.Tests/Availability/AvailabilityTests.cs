using System.Globalization;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Availability;

/// <summary>Minutes from probes to credit, over the real tables; each test has a cluster and a clock of its own.</summary>
public sealed class AvailabilityTests(GrainsFixture fixture)
{
    [Fact]
    public async Task What_the_probers_saw_is_what_the_month_shows_and_reports_may_come_twice_and_in_any_order()
    {
        await using var place = await Place.StartAsync(fixture);
        await place.ReportAsync(0, 10);
        await place.ReportAsync(12, 15);
        await place.ReportAsync(15, 17, ProbeOutcome.DiskFull);
        place.Forward(30);

        var month = await place.MonthAsync();
        await place.ReportAsync(12, 15);
        await place.ReportAsync(0, 10);
        await place.ReportAsync(15, 17, ProbeOutcome.DiskFull);
        var again = await place.MonthAsync();

        // 27 minutes are judged: 30 less the 3 in which results may still come.
        Assert.Equal((13, 14, 12), (month.UpMinutes, month.DownMinutes, month.UnprobedMinutes));
        Assert.Equal((month.UpMinutes, month.DownMinutes, month.UnprobedMinutes), (again.UpMinutes, again.DownMinutes, again.UnprobedMinutes));
        Assert.Equal(
            ["10-12 Ours True ", "15-17 Ours False DiskFull", "17-27 Ours True "],
            month.Outages.Select(outage => $"{place.Minute(outage.Start)}-{place.Minute(outage.End)} {outage.Cause} {outage.Unprobed} {string.Join(',', outage.Outcomes)}"));
        Assert.Null(month.SealedAt);
        Assert.False(month.InContract);
        Assert.Equal(48.1481m, month.AvailabilityPercent);
        Assert.Equal(27, month.Days.Sum(day => day.UpMinutes + day.DownMinutes));
    }

    [Fact]
    public async Task Two_probers_a_failure_of_one_is_a_failure()
    {
        await using var place = await Place.StartAsync(fixture);
        await place.ReportAsync(0, 10);
        await place.ReportAsync(3, 5, ProbeOutcome.Timeout, prober: "door-2");
        place.Forward(13);

        var month = await place.MonthAsync();

        Assert.Equal((8, 2), (month.UpMinutes, month.DownMinutes));
    }

    [Fact]
    public async Task A_suspended_tenant_is_owed_nothing()
    {
        await using var place = await Place.StartAsync(fixture);
        await place.ReportAsync(0, 5);
        place.Forward(5);
        await place.SuspendAsync(true);
        place.Forward(20);
        await place.ReportAsync(6, 8, ProbeOutcome.Suspended);
        await place.SuspendAsync(false);
        place.Forward(40);

        var month = await place.MonthAsync();

        // Resumed in minute 20: to 22 it settles, and from then on nobody has probed, up to the last judged minute 36.
        Assert.Equal(5, month.UpMinutes);
        Assert.Equal((22, 37), Assert.Single(month.Outages.Select(outage => (place.Minute(outage.Start), place.Minute(outage.End)))));
        Assert.Equal(15, month.DownMinutes);
    }

    [Fact]
    public async Task An_alarm_is_raised_after_two_bad_minutes_and_taken_back_after_two_good_ones()
    {
        await using var place = await Place.StartAsync(fixture);
        await place.ReportAsync(0, 1);
        await place.ReportAsync(1, 2, ProbeOutcome.Connect);
        await place.ReportAsync(2, 3);
        Assert.Empty(await place.EventsAsync("availability."));
        await place.ReportAsync(3, 5, ProbeOutcome.Connect);
        await place.ReportAsync(3, 5, ProbeOutcome.Connect);
        await place.ReportAsync(5, 6);
        Assert.Equal(["availability.down"], await place.EventsAsync("availability."));
        await place.ReportAsync(6, 7);

        Assert.Equal(["availability.down", "availability.up"], await place.EventsAsync("availability."));
    }

    [Fact]
    public async Task Bad_reports_are_refused_and_change_nothing()
    {
        await using var place = await Place.StartAsync(fixture);
        var good = place.Results(0, 1, ProbeOutcome.Good)[0];

        await Refused("results-invalid");
        await Refused("minute-in-future", good with { Minute = good.Minute.AddMinutes(200) });
        await Refused("minute-invalid", good with { Minute = good.Minute.AddSeconds(1) });
        await Refused("milliseconds-invalid", good with { Milliseconds = -1 });
        await Refused("outcome-invalid", good with { Outcome = (ProbeOutcome)77 });
        await Refused("vault-invalid", good with { Vault = "Main" });
        await Refused("detail-invalid", good with { Detail = "a\nb" });
        await World.Refused(RefusalKind.Invalid, "prober-invalid", place.Grain.ReportAsync(new() { Prober = "?", Results = [good] }, default));
        var left = await World.Must(place.Grain.ReportAsync(
            new() { Prober = "door-1", Results = [good with { Vault = "none" }, good with { Minute = good.Minute.AddDays(-3) }, good] }, default));

        Assert.Equal((1, 1, 1), (left.Taken, left.TooLate, left.UnknownVault));
        place.Forward(4);
        Assert.Equal(1, (await place.MonthAsync()).UpMinutes);

        Task Refused(string code, params ProbeResult[] results) =>
            World.Refused(RefusalKind.Invalid, code, place.Grain.ReportAsync(new() { Prober = "door-1", Results = [.. results] }, default));
    }

    [Fact]
    public async Task An_operator_gives_outages_their_cause_with_a_reason_and_the_log_tells_it()
    {
        await using var place = await Place.StartAsync(fixture);
        await place.ReportAsync(0, 4);
        await place.ReportAsync(4, 8, ProbeOutcome.Connect);
        await place.ReportAsync(8, 20);
        place.Forward(23);

        var correction = place.Correction(4, 6, OutageCause.Internet);
        await World.Must(place.Grain.CorrectAsync(correction, default));
        Assert.False((await place.Grain.CorrectAsync(correction, default)).IsFirst);
        await World.Must(place.Grain.CorrectAsync(place.Correction(10, 11, OutageCause.Ours) with { Declared = true }, default));
        await World.Refused(RefusalKind.Conflict, "no-outage-there", place.Grain.CorrectAsync(place.Correction(12, 13, OutageCause.Customer), default));
        await World.Refused(RefusalKind.Invalid, "span-in-future", place.Grain.CorrectAsync(place.Correction(12, 500, OutageCause.Customer), default));
        await World.Refused(RefusalKind.Invalid, "span-invalid", place.Grain.CorrectAsync(place.Correction(12, 12, OutageCause.Customer), default));
        await World.Refused(RefusalKind.Invalid, "span-across-months", place.Grain.CorrectAsync(correction with { Caller = World.NewCaller(), From = correction.From.AddMonths(-1) }, default));
        await World.Refused(RefusalKind.Invalid, "reason-invalid", place.Grain.CorrectAsync(correction with { Caller = World.NewCaller(), Reason = "" }, default));

        var month = await place.MonthAsync();
        Assert.Equal((15, 3, 2), (month.UpMinutes, month.DownMinutes, month.InternetMinutes));
        Assert.Equal(2, month.Corrections.Length);
        Assert.Equal(2, (await place.EventsAsync("availability.corrected")).Count);
    }

    [Fact]
    public async Task A_month_is_sealed_once_credits_the_contract_and_later_changes_only_in_the_customers_favour()
    {
        await using var place = await Place.StartAsync(fixture);
        await place.WithContractAsync();
        await place.ReportAsync(0, 100, ProbeOutcome.Connect);
        place.Forward(110);
        await World.Must(place.Grain.CorrectAsync(place.Correction(0, 40, OutageCause.Customer), default));
        var monthName = place.MonthName;

        var firing = await place.FireAfterMonthAsync();

        Assert.Equal(FiringResult.Done, firing.Result);
        Assert.True(firing.NextDue > place.Now);
        var month = await place.MonthAsync(monthName);
        Assert.NotNull(month.SealedAt);
        Assert.True(month.InContract);
        Assert.Equal(40, month.CustomerMinutes);
        Assert.Equal(5 * month.DownSeconds, month.CreditSeconds);
        Assert.True(month.BelowCommitment);
        var credit = Assert.Single((await World.Must(place.Contract.CreditsAsync(default))).Items);
        Assert.Equal((monthName, month.CreditSeconds, 0L), (credit.Month, credit.CreditSeconds, credit.CorrectionSeconds));
        Assert.Equal(["availability.below-commitment", "availability.sealed"], (await place.EventsAsync("availability.")).Where(e => e is not ("availability.down" or "availability.corrected")).Order());

        // Again, as after a lost answer: nothing more.
        await place.FireAsync();
        Assert.Equal(month.CreditSeconds, Assert.Single((await World.Must(place.Contract.CreditsAsync(default))).Items).CreditSeconds);
        var late = await World.Must(place.Grain.ReportAsync(new() { Prober = "door-1", Results = [.. place.Results(0, 1, ProbeOutcome.Good)] }, default));
        Assert.Equal((0, 1), (late.Taken, late.TooLate));

        await World.Refused(RefusalKind.Conflict, "month-sealed", place.Grain.CorrectAsync(place.Correction(50, 60, OutageCause.Customer), default));
        await World.Refused(RefusalKind.Conflict, "no-outage-there", place.Grain.CorrectAsync(place.Correction(50, 60, OutageCause.Ours), default));
        var favour = await World.Must(place.Grain.CorrectAsync(place.Correction(0, 40, OutageCause.Ours), default));
        Assert.True(favour.AfterSeal);
        var corrected = await place.MonthAsync(monthName);
        Assert.Equal((month.CreditSeconds, 5 * 40 * 60L), (corrected.CreditSeconds, corrected.CorrectionSeconds));
        Assert.Equal(40, corrected.CustomerMinutes);
        Assert.Equal(2, corrected.Corrections.Length);
    }

    [Fact]
    public async Task Without_a_contract_a_month_is_sealed_and_credits_nothing()
    {
        await using var place = await Place.StartAsync(fixture);
        var monthName = place.MonthName;

        Assert.Equal(FiringResult.Done, (await place.FireAfterMonthAsync()).Result);

        var month = await place.MonthAsync(monthName);
        Assert.NotNull(month.SealedAt);
        Assert.Equal((0L, false), (month.CreditSeconds, month.InContract));
        Assert.Equal(0, month.UpMinutes);
        Assert.True(month.UnprobedMinutes > 0);
        Assert.Equal(FiringResult.Failed, (await place.FireAsync("availability.other")).Result);
    }

    [Theory]
    [InlineData("2026-13", "month-invalid")]
    [InlineData("26-11", "month-invalid")]
    [InlineData("", "month-invalid")]
    [InlineData("2099-01", "month-in-future")]
    public async Task Months_that_are_none_or_have_not_begun_are_refused(string month, string code) =>
        await World.Refused(RefusalKind.Invalid, code, fixture.Cluster.Grains.Get(new AvailabilityKey(World.Name("t"))).MonthAsync(month, default));

    private sealed class Place(GrainCluster cluster, World world) : IAsyncDisposable
    {
        private DateTimeOffset start;

        public IAvailabilityGrain Grain => cluster.Grains.Get(new AvailabilityKey(world.Tenant));

        public IContractGrain Contract => cluster.Grains.Get(new ContractKey(world.Tenant));

        public DateTimeOffset Now => cluster.Clock.GetUtcNow();

        public string MonthName => start.ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM", CultureInfo.InvariantCulture);

        /// <summary>The clock stands at the start of a minute, noon of a 10th, at which the vault has been owed for just this long.</summary>
        public static async Task<Place> StartAsync(GrainsFixture fixture)
        {
            var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
            var noon = cluster.Clock.GetUtcNow();
            noon = new DateTimeOffset(noon.Year, noon.Month, 10, 12, 0, 0, TimeSpan.Zero).AddMonths(1);
            cluster.Clock.Advance(noon - TimeSpan.FromMinutes(1.5) - cluster.Clock.GetUtcNow());
            var world = await new World(cluster).WithVaultAsync();
            cluster.Clock.Advance(noon - cluster.Clock.GetUtcNow());
            return new(cluster, world) { start = noon };
        }

        /// <summary>To so many minutes after the start; never back.</summary>
        public void Forward(int minutes)
        {
            if (start.AddMinutes(minutes) - Now is var left && left > TimeSpan.Zero) cluster.Clock.Advance(left);
        }

        public int Minute(DateTimeOffset instant) => (int)(instant - start).TotalMinutes;

        public ProbeResult[] Results(int from, int until, ProbeOutcome outcome) =>
        [
            .. Enumerable.Range(from, until - from).Select(minute => new ProbeResult
            {
                Vault = world.Vault, Minute = start.AddMinutes(minute), Outcome = outcome, Milliseconds = 12, Detail = outcome == ProbeOutcome.Good ? null : "seen",
            }),
        ];

        /// <summary>Reports minutes; the clock goes on to their end where it has not been.</summary>
        public async Task ReportAsync(int from, int until, ProbeOutcome outcome = ProbeOutcome.Good, string prober = "door-1")
        {
            Forward(until);
            var receipt = await World.Must(Grain.ReportAsync(new() { Prober = prober, Results = [.. Results(from, until, outcome)] }, default));
            Assert.Equal(until - from, receipt.Taken);
        }

        public Task<AvailabilityMonthView> MonthAsync(string? month = null) => World.Must(Grain.MonthAsync(month ?? MonthName, default));

        public Task<TenantView> SuspendAsync(bool suspended) =>
            World.Must(world.TenantGrain.SuspendAsync(new() { Caller = World.NewCaller(), Suspended = suspended, Reason = "test" }, default));

        public CorrectOutage Correction(int from, int until, OutageCause cause) =>
            new() { Caller = World.NewCaller(), From = start.AddMinutes(from), Until = start.AddMinutes(until), Cause = cause, Reason = "a digger" };

        public async Task WithContractAsync()
        {
            await World.Must(Contract.OrderAsync(
                new() { Caller = World.NewCaller(), ClientClass = ClientClass.Professional, PriceCents = 30_000, Currency = "EUR", Contact = "office@example.com" }, default));
            await World.Must(Contract.RecordPaymentAsync(
                new() { Caller = World.NewCaller(), Reference = SecretText.NewId('p'), AmountCents = 30_000, Currency = "EUR", PaidAt = start.AddMinutes(-1) }, default));
        }

        public async Task<FiringOutcome> FireAfterMonthAsync()
        {
            var next = new DateTimeOffset(start.Year, start.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            cluster.Clock.Advance(next.AddMinutes(15) - Now);
            return await FireAsync();
        }

        public Task<FiringOutcome> FireAsync(string kind = "availability.seal") =>
            cluster.Grains.GetGrain<IScheduledGrain>(Grain.GetGrainId()).FireAsync(new() { Schedule = "test", Kind = kind, DueAt = Now, Attempt = 1 }, default);

        public async Task<List<string>> EventsAsync(string prefix)
        {
            await cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
            return [.. (await cluster.Log.PageAsync(world.Tenant, 0, 500, default)).Select(entry => entry.Fact.Event).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        public ValueTask DisposeAsync() => cluster.DisposeAsync();
    }
}
