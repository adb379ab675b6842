using System.Diagnostics;
using System.Globalization;
using BackupOnline.Grains.Traffic;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Tests.Traffic;

/// <summary>Closing a month for 100 000 tenants, as the office does it: <c>scripts/bench.sh closing</c>.</summary>
[Collection(TrafficCollection.Name)]
public sealed class ClosingBench(TrafficFixture fixture)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Goal = TimeSpan.FromMinutes(2);

    private static readonly MeteringMonth Month = MeteringMonth.Of(new(2026, 10), DateTimeZoneProviders.Tzdb["Europe/Paris"]);

    [Fact(Explicit = true)]
    public async Task A_month_of_100_000_tenants_is_closed_within_two_minutes_of_one_core()
    {
        var tenants = int.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_TENANTS") ?? "100000", CultureInfo.InvariantCulture);
        await LoadAsync(tenants);
        var rows = await ScalarAsync("select count(*) from traffic_sample");
        var months = new SealedMonths(fixture.Database);
        var sealer = new MonthSealer(new(fixture.Database, new(fixture.Database)), months, TimeProvider.System);
        var policies = new PolicyTable([PolicyTable.Original]);
        var postmaster = ParentOf((int)await ScalarAsync("select pg_backend_pid()::bigint"));
        var (ours, theirs, watch, done, cursor) = (Environment.CpuUsage.TotalTime, CpuOf(postmaster), Stopwatch.StartNew(), 0, "");
        while (true)
        {
            var batch = await months.OpenTenantsAsync("2026-10", Month.End.ToDateTimeOffset(), cursor, BatchSize, default);
            if (batch.Count == 0) break;
            done += await sealer.SealAsync(batch, Month, policies, default);
            cursor = batch[^1];
        }

        var (wall, process, database) = (watch.Elapsed, Environment.CpuUsage.TotalTime - ours, CpuOf(postmaster) - theirs);
        await WriteAsync($"| {tenants} | {rows} | {wall.TotalSeconds:0.0} s | {process.TotalSeconds:0.0} s | {database.TotalSeconds:0.0} s | {(process + database).TotalSeconds:0.0} s | {await ScalarAsync("select pg_total_relation_size('traffic_month')") >> 20} MiB |");
        Assert.Equal(tenants, done);
        Assert.Equal(tenants / 100, await ScalarAsync("select count(*) from traffic_month where exceeded"));
        Assert.True(process + database < Goal, $"It took {process + database} of processor time; {Goal} are allowed.");
    }

    // A backup of 25 minutes in each of 20 nights from two nodes; one tenant in 100 is above the limit with 500 slots.
    private async Task LoadAsync(int tenants)
    {
        await new SlotPartitions(fixture.Database).EnsureAsync((int)Month.FirstSlot, (int)Month.EndSlot, default);
        await ExecuteAsync($"""
            insert into listing (kind, scope, name, version, view)
            select 'tenant', 'provider', 't' || lpad(i::text, 6, '0'), 1, '{"{"}"createdAt": "2026-01-01T00:00:00Z"{"}"}' from generate_series(0, {tenants - 1}) i
            """);
        for (var night = 0; night < 20; night++)
        {
            await ExecuteAsync($"""
                insert into traffic_sample (tenant, slot, bytes_in, bytes_out, node, boot)
                select 't' || lpad(i::text, 6, '0'), {Month.FirstSlot + (night * 288)} + i % 200 + s, 100000000 + (i * 7919 + s * 104729) % 900000000, 1000000, 'node' || 1 + s % 2, 'b' || {night / 10}
                from generate_series(0, {tenants - 1}) i, generate_series(0, 4) s
                """);
        }

        await ExecuteAsync($"""
            insert into traffic_sample (tenant, slot, bytes_in, bytes_out, node, boot)
            select 't' || lpad(i::text, 6, '0'), {Month.FirstSlot + 6000} + s, 300000000, 1000000, 'node1', 'b9' from generate_series(0, {tenants - 1}, 100) i, generate_series(0, 499) s
            """);
    }

    private static async Task WriteAsync(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture) + "\n";
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is { } file) await File.AppendAllTextAsync(file, text);
        else TestContext.Current.SendDiagnosticMessage(text);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = fixture.Database.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = fixture.Database.CreateCommand(sql);
        command.CommandTimeout = 600;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Processor time of a server's processes, the ended ones included.</summary>
    private static TimeSpan CpuOf(int postmaster)
    {
        long ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || StatOf(id) is not { } stat) continue;
            if (id == postmaster) ticks += stat[13] + stat[14];
            if (id == postmaster || stat[1] == postmaster) ticks += stat[11] + stat[12];
        }

        // The kernel counts in hundredths of a second.
        return TimeSpan.FromMilliseconds(ticks * 10);
    }

    private static int ParentOf(int process) => (int)StatOf(process)![1];

    // From the third field on: state, parent, ... utime, stime, cutime, cstime at 11 to 14.
    private static long[]? StatOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
