using BackupOnline.Persistence.Availability;
using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Persistence.Tests.Availability;

public sealed class ProbeLedgerTests(DatabaseFixture fixture)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly ProbeLedger _ledger = new(fixture.Database);
    private readonly string _tenant = DatabaseFixture.NewName("t");

    [Fact]
    public async Task A_vault_that_is_always_good_is_one_row_however_its_minutes_come()
    {
        for (var minute = 0; minute < 30; minute++)
            await TakeAsync(Run(minute, minute + 1, slowest: minute));
        await TakeAsync(Run(3, 9), Run(0, 30), Run(29, 31));

        var run = Assert.Single(await AllAsync());

        Assert.Equal((Start, Start.AddMinutes(31), 29), (run.First, run.Until, run.SlowestMilliseconds));
    }

    [Fact]
    public async Task Gaps_failures_and_probers_are_rows_of_their_own()
    {
        await TakeAsync(Run(0, 5), Run(6, 8), Run(8, 9, outcome: "connect", detail: "refused"), Run(0, 2, vault: "other"));
        await TakeAsync(Run(9, 10, outcome: "connect", detail: "refused again"));
        await _ledger.TakeAsync(_tenant, "door-2", [Run(0, 5)], default);

        Assert.Equal(
            ["main good 0-5", "main good 0-5", "main good 6-8", "main connect 8-10 refused again", "other good 0-2"],
            (await AllAsync()).Select(Text));
    }

    [Fact]
    public async Task What_comes_out_of_order_covers_the_same_minutes()
    {
        var minutes = Enumerable.Range(0, 60).Where(minute => minute % 7 != 3).ToArray();
        new Random(5).Shuffle(minutes);
        foreach (var minute in minutes)
            await TakeAsync(Run(minute, minute + 1));

        var covered = (await AllAsync()).SelectMany(run => Enumerable.Range((int)(run.First - Start).TotalMinutes, (int)(run.Until - run.First).TotalMinutes)).Distinct().Order();

        Assert.Equal(minutes.Order(), covered);
    }

    [Fact]
    public async Task Only_runs_that_reach_into_the_span_are_read()
    {
        await TakeAsync(Run(0, 5), Run(10, 20), Run(30, 40));

        var runs = await _ledger.RunsAsync(_tenant, Start.AddMinutes(5), Start.AddMinutes(30), default);

        Assert.Equal(["main good 10-20"], runs.Select(Text));
    }

    [Fact]
    public async Task Minutes_that_are_not_whole_or_end_before_they_begin_are_no_rows()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => TakeAsync(Run(0, 1) with { First = Start.AddSeconds(1) }));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => TakeAsync(Run(1, 1)));
        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task A_month_is_sealed_once_and_nobody_changes_it()
    {
        var months = new SealedAvailability(fixture.Database);

        Assert.Null(await months.FindAsync(_tenant, "2026-11", default));
        await months.SealAsync(_tenant, "2026-11", Start, """{"a":1}""", default);

        Assert.Contains("1", await months.SealAsync(_tenant, "2026-11", Start, """{"a":2}""", default), StringComparison.Ordinal);
        foreach (var attempt in (string[])["update availability_month set month = '2020-01'", "delete from availability_month", "delete from probe_run"])
        {
            await using var command = fixture.Database.CreateCommand(attempt);
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    private Task TakeAsync(params ProbeRun[] runs) => _ledger.TakeAsync(_tenant, "door-1", runs, default);

    private Task<List<ProbeRun>> AllAsync() => _ledger.RunsAsync(_tenant, Start.AddDays(-1), Start.AddDays(1), default);

    private static string Text(ProbeRun run) =>
        $"{run.Vault} {run.Outcome} {(run.First - Start).TotalMinutes:0}-{(run.Until - Start).TotalMinutes:0} {run.Detail}".TrimEnd();

    private static ProbeRun Run(int from, int until, string outcome = ProbeRun.Good, string vault = "main", int slowest = 0, string? detail = null) => new()
    {
        Vault = vault,
        Outcome = outcome,
        First = Start.AddMinutes(from),
        Until = Start.AddMinutes(until),
        SlowestMilliseconds = slowest,
        Detail = detail,
    };
}
