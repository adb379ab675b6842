using System.Security.Cryptography;
using BackupOnline.SystemTests.Running;
using Npgsql;

namespace BackupOnline.SystemTests;

/// <summary>The real agent, silo and door: the plan of a run, from the metered slots to the bytes on the line.</summary>
public sealed class PacingTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task With_plenty_of_credits_a_backup_goes_at_once()
    {
        var machine = await EnrolledAsync(await stage.Service.Door.MakeTenantAsync());

        var ended = (await machine.AgentAsync("backup", "--json", machine.Source)).ShouldEndWith(0);

        Assert.DoesNotContain("\"pace\":\"quiet\"", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"pace\":\"raised\"", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_month_that_is_exceeded_it_goes_evenly_and_an_urgent_one_does_not()
    {
        // Slots of the future do not count, and 460 of the past take 38 hours.
        Assert.SkipWhen(await HoursOfMonthAsync() < 42, "No month can be exceeded before its third day.");
        var tenant = await stage.Service.Door.MakeTenantAsync();
        await UseUpAsync(tenant);
        var machine = await EnrolledAsync(tenant);

        var began = TimeProvider.System.GetTimestamp();
        var ended = (await machine.AgentAsync("backup", "--json", machine.Source)).ShouldEndWith(0);

        // 4 MB that do not compress, at 5.3 Mbit/s; at the burst they would take a third of a second.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(4), ended.Output);
        Assert.Matches("\"pace\":\"(raised|quiet)\",\"pace_until\":\"20", ended.Output);
        var urgent = (await machine.AgentAsync("backup", "--json", "--urgent", "--force", machine.Source)).ShouldEndWith(0);
        Assert.DoesNotContain("\"pace\"", urgent.Output, StringComparison.Ordinal);
    }

    private async Task<Machine> EnrolledAsync(string tenant)
    {
        var machine = stage.NewMachine();
        await machine.EnrolAsync(stage.Service, tenant);
        Directory.CreateDirectory(machine.Source);
        await File.WriteAllBytesAsync(Path.Combine(machine.Source, "noise"), RandomNumberGenerator.GetBytes(4_000_000), TestContext.Current.CancellationToken);
        return machine;
    }

    private async Task<double> HoursOfMonthAsync()
    {
        await using var source = await DatabaseAsync();
        await using var command = source.CreateCommand("select (extract(epoch from now() - (date_trunc('month', now() at time zone 'Europe/Paris') at time zone 'Europe/Paris')) / 3600)::float8");
        return (double)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    // More slots above the limit than the percentile leaves out, at 5.33 Mbit/s, as two days of traffic would have left them.
    private async Task UseUpAsync(string tenant)
    {
        await using var source = await DatabaseAsync();
        const string month = "with month as (select (date_trunc('month', now() at time zone 'Europe/Paris') at time zone 'Europe/Paris') + interval '3 hours' as start)";
        await using var part = source.CreateCommand($"{month} select traffic_partition_ensure((start at time zone 'UTC')::date) from month");
        await part.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = source.CreateCommand(
            $"""
            {month}
            insert into traffic_sample (tenant, slot, node, boot, bytes_in, bytes_out)
            select $1, (extract(epoch from start)::bigint / 300 + number)::integer, 'elsewhere', 'a', 200000000, 0 from month, generate_series(1, 460) as number
            """);
        command.Parameters.AddWithValue(tenant);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
    private async Task<NpgsqlDataSource> DatabaseAsync() =>
        NpgsqlDataSource.Create((await File.ReadAllTextAsync(Path.Combine(stage.Service.Data, "run", "database"))).Trim().Split('\n')[0]);
}
