using System.Globalization;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Rules.Contracts;
using NodaTime;
using Npgsql;
using ContractStanding = BackupOnline.Grains.Interfaces.Contracts.ContractStanding;

namespace BackupOnline.Grains.Tests.Contracts;

/// <summary>Contracts in a real silo whom nobody fires but the partitions of their schedules; the rule's calendar judges every boundary.</summary>
public sealed class ContractYearsTests(GrainsFixture fixture)
{
    private const int Years = 3;
    private static readonly TimeSpan Away = TimeSpan.FromDays(100);
    private readonly string service = World.Name("s");

    [Fact]
    public async Task Contracts_live_for_years_by_their_schedules_alone_and_catch_up_in_order_after_a_silo_was_away()
    {
        List<LivedContract> lives;
        DateTimeOffset reached;
        await using (var cluster = await StartAsync())
        {
            lives =
            [
                new(await ContractWorld.PaidAsync(cluster)),
                new(await ContractWorld.PaidAsync(cluster, ClientClass.Consumer)) { IsTold = true },
                new(await ContractWorld.PaidAsync(cluster, ClientClass.NonProfessional)),
                new(await ContractWorld.PaidAsync(cluster)) { IsSometimesDown = true },
                new(await ContractWorld.PaidAsync(cluster)) { LeavesInPeriod = 5 },
            ];
            var until = cluster.Clock.GetUtcNow().AddDays(Years * 365);
            var month = NextMonth(cluster.Clock.GetUtcNow());
            while (await NextDueAsync() is { } due && Earlier(due, month) is var step && step <= until)
            {
                lives[0].Contract.MoveTo(step);
                await CaughtUpAsync(cluster);
                foreach (var life in lives) await life.LiveAsync();
                if (step == month) month = NextMonth(month);
            }

            lives[0].Contract.MoveTo(until);
            await CaughtUpAsync(cluster);
            reached = cluster.Clock.GetUtcNow();
        }

        // The clock of the next silo begins at today, as one does whose battery is flat: nothing happens twice. Then everything of 100 days is due at once.
        await using var later = await StartAsync();
        var away = lives.ConvertAll(life => life.In(later));
        foreach (var life in away) await life.CheckAsync(life.KnownPeriod);
        later.Clock.Advance(reached + Away - later.Clock.GetUtcNow());
        await CaughtUpAsync(later);
        foreach (var life in away) await life.CheckAsync((await life.Contract.ReadAsync()).Period!.Index);

        Assert.InRange((await away[0].Contract.ReadAsync()).Period!.Index, 4 * Years, (4 * Years) + 3);
        Assert.Equal(ContractStanding.ErasureDue, (await away[4].Contract.ReadAsync()).Standing);
    }

    private Task<GrainCluster> StartAsync() => fixture.StartClusterAsync(service, silos: 1, schedules: options => options.LookEvery = TimeSpan.FromMilliseconds(250));

    private static DateTimeOffset NextMonth(DateTimeOffset now)
    {
        var local = Instant.FromDateTimeOffset(now).InZone(ContractPolicy.Default.Zone).Date;
        return ContractWorld.Midnight(new DateOnly(local.Year, local.Month, 1).AddMonths(1)).AddMinutes(10);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private async Task<DateTimeOffset?> NextDueAsync()
    {
        await using var command = fixture.Apart.CreateCommand("select min(next_due) from schedule where service_id = $1 and kind like 'contract.%'");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        return await command.ExecuteScalarAsync() as DateTime? is { } due ? new DateTimeOffset(due) : null;
    }

    private async Task CaughtUpAsync(GrainCluster cluster) =>
        await Eventually.Async("everything due is done", NextDueAsync, next => next is null || next > cluster.Clock.GetUtcNow());

    /// <summary>One customer's contract and what its people do while time passes.</summary>
    private sealed record LivedContract(ContractWorld Contract)
    {
        private readonly List<TermCredit> credits = [];
        private DateOnly sealedUntil;

        public bool IsTold { get; init; }

        public bool IsSometimesDown { get; init; }

        public int LeavesInPeriod { get; init; } = int.MaxValue;

        public int KnownPeriod { get; private set; } = 1;

        public LivedContract In(GrainCluster cluster) => this with { Contract = Contract.In(cluster) };

        public async Task LiveAsync()
        {
            var view = await Contract.ReadAsync();
            if (view.Standing >= ContractStanding.Transition) return;

            await CheckAsync(view.Period!.Index);
            if (view.PaidCents < view.DueCents) await World.Must(Contract.PayAsync($"p{view.Period.Index}"));
            if (IsSometimesDown) await SealAsync();
            if (IsTold) await TellAsync();
            if (view.Period.Index == LeavesInPeriod && view.Standing != ContractStanding.NoticeGiven) await World.Must(Contract.NoticeAsync());
            Assert.Equal(view.ClientClass != ClientClass.Professional && !IsTold && view.Period.Index > 1, view.MayLeaveAtOnce);
        }

        /// <summary>The log tells each period's beginning once, in order, at the instant that the rule's calendar gives, and nothing of the future.</summary>
        public async Task CheckAsync(int period)
        {
            KnownPeriod = period;
            var view = await Contract.ReadAsync();
            var calendar = new TermCalendar(Instant.FromDateTimeOffset(view.FirstPaymentAt!.Value), ContractPolicy.Default, credits);
            var renewals = (await Contract.FactsAsync()).Where(fact => fact.Event == "contract.renewed").Select(fact => (fact.Details["period"], fact.Details["from"]));
            var expected = Enumerable.Range(2, period - 1)
                .Select(index => (index.ToString(CultureInfo.InvariantCulture), NodaTime.Text.InstantPattern.ExtendedIso.Format(calendar.End(index - 1).At)));
            Assert.Equal(expected, renewals);
        }

        // Twelve hours of every month are over one percent: five times of them are added to the term.
        private async Task SealAsync()
        {
            var over = DateOnly.FromDateTime(Instant.FromDateTimeOffset(Contract.Now).InZone(ContractPolicy.Default.Zone).ToDateTimeUnspecified());
            var month = new DateOnly(over.Year, over.Month, 1).AddMonths(-1);
            if (sealedUntil >= month) return;

            sealedUntil = month;
            var start = ContractWorld.Midnight(month.AddDays(15));
            var first = (await Contract.ReadAsync()).FirstPaymentAt!.Value;
            if (start < first) return;

            var seal = new SealAvailability
            {
                Caller = World.NewCaller(),
                Month = month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                Outages = [new() { Start = start, End = start.AddHours(12) }],
            };
            var credit = await World.Must(Contract.Grain.SealAvailabilityAsync(seal, default));
            Assert.Equal((12 * 3_600, 5 * 12 * 3_600), (credit.DownSeconds, credit.CreditSeconds));
            credits.Add(new(new YearMonth(month.Year, month.Month), credit.CreditSeconds, Instant.FromDateTimeOffset(ContractWorld.Midnight(month.AddMonths(1)))));
        }

        private async Task TellAsync()
        {
            var today = LocalDate.FromDateTime(Instant.FromDateTimeOffset(Contract.Now).InZone(ContractPolicy.Default.Zone).ToDateTimeUnspecified()).ToDateOnly();
            var notices = (await World.Must(Contract.Grain.NoticesAsync(default))).Items;
            foreach (var due in notices.Where(notice => notice.SentOn is null && notice.DueOn <= today))
            {
                var given = new RecordNotice { Caller = World.NewCaller(), Notice = due.Id, SentOn = today, Channel = "email", Reference = due.Id };
                Assert.True((await World.Must(Contract.Grain.RecordNoticeAsync(given, default))).Valid);
            }
        }
    }
}
