using BackupOnline.Schedule.Running;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace BackupOnline.Schedule.Contenders;

/// <summary>
/// Quartz.NET with its AdoJobStore, tables and indexes of its own making, a pool of 64 and batches as large: one job, a daily cron trigger for each schedule.
/// Triggers are made through its API once and copied in the database.
/// </summary>
internal sealed class QuartzSchedules(string connection, NpgsqlDataSource owner, BenchSilo silo, TimeProvider clock) : IContender
{
    private const int Threads = 64;
    private int crowds;

    public string Name => "Quartz.NET 4.7.3";

    public string Settings => $"{Threads} threads, batches of its automatic size (as many as threads), lock-free firing rounds as they come, not clustered, a pool of {Threads + 16} connections with prepared statements";

    public IReadOnlyList<Making> Making { get; private set; } = [];

    public static async Task<IContender> PrepareAsync(BenchDatabase database, BenchSilo silo, int others, TimeProvider clock)
    {
        var connection = await database.MakeAsync("quartz", Threads + 16);
        QuartzJob.Grains = silo.Grains;
        var made = new QuartzSchedules(connection, NpgsqlDataSource.Create(connection), silo, clock);
        var began = clock.GetTimestamp();
        await made.AddAsync("other", others, Due.In(TimeSpan.FromHours(20), clock));
        made.Making = [new("copied by SQL", others, clock.GetElapsedTime(began))];
        return made;
    }

    public async Task<CrowdResult> RunAsync(int crowd)
    {
        var prefix = $"crowd{++crowds}";
        var due = Due.In(TimeSpan.FromSeconds(8), clock);
        silo.Starts.Expect(crowd, due);
        await AddAsync(prefix, crowd, due);

        // Started when all is there: it would learn of rows that were copied in only at its next idle look, after 30 s.
        await using var provider = Build();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Start();
        await silo.Starts.CompleteAsync(Name, TimeSpan.FromMinutes(10));
        var recorded = await Until.NoneAsync(
            owner, $"select count(*) from (select from qrtz_fired_triggers union all select from qrtz_triggers where trigger_name like '{prefix}-%' and (trigger_state <> 'WAITING' or next_fire_time <= {due.UtcTicks})) as open", due, clock);
        var result = silo.Starts.Result(Name, recorded);
        await scheduler.Shutdown(waitForJobsToComplete: true);
        await owner.CreateCommand($"delete from qrtz_triggers where trigger_name like '{prefix}-%'").ExecuteNonQueryAsync();
        await owner.CreateCommand("vacuum analyze").ExecuteNonQueryAsync();
        return result;
    }

    private async Task AddAsync(string prefix, int count, DateTimeOffset due)
    {
        await using (var provider = Build())
        {
            // Not started: only its API is used.
            var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
            var job = JobBuilder.Create<QuartzJob>().WithIdentity($"job-{prefix}").StoreDurably().Build();
            var trigger = TriggerBuilder.Create().WithIdentity($"{prefix}-0")
                .WithCronSchedule(Due.Cron(due), cron => cron.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(Due.Zone))).Build();
            await scheduler.ScheduleJob(job, trigger);
            await scheduler.Shutdown();
        }

        foreach (var table in (string[])["qrtz_triggers", "qrtz_cron_triggers"])
            await CopyAsync(table, prefix, count);
        await owner.CreateCommand("analyze").ExecuteNonQueryAsync();
    }

    // Every column but the name as in the first one's row.
    private async Task CopyAsync(string table, string prefix, int count)
    {
        var columns = (string)(await owner.CreateCommand(
            $"select string_agg(quote_ident(column_name), ', ') from information_schema.columns where table_schema = 'public' and table_name = '{table}' and column_name <> 'trigger_name'").ExecuteScalarAsync())!;
        await owner.CreateCommand(
            $"insert into {table} (trigger_name, {columns}) select '{prefix}-' || number, {columns} from {table}, generate_series(1, {count - 1}) as number where trigger_name = '{prefix}-0'").ExecuteNonQueryAsync();
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(Threads);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connection);
                store.ProvisionSchema();
            });
        });
        return services.BuildServiceProvider();
    }
}
