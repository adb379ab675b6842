using BackupOnline.Schedule.Running;
using Hangfire;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace BackupOnline.Schedule.Contenders;

/// <summary>
/// Hangfire over Hangfire.PostgreSql, polled every second instead of every 15, with long polling and parallel schedulers: delayed jobs, which cost it less than recurring ones.
/// Jobs are made through its API once and copied in the database.
/// </summary>
internal sealed class HangfireSchedules : IContender
{
    private const int Workers = 20;

    private readonly PostgreSqlStorage storage;
    private readonly NpgsqlDataSource owner;
    private readonly BenchSilo silo;
    private readonly TimeProvider clock;

    private HangfireSchedules(string connection, BenchSilo silo, TimeProvider clock)
    {
        (this.silo, this.clock) = (silo, clock);
        owner = NpgsqlDataSource.Create(connection);
        var options = new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromSeconds(1), EnableLongPolling = true };
        storage = new(new NpgsqlConnectionFactory(connection, options, null), options);
    }

    public string Name => "Hangfire 1.8.25, Hangfire.PostgreSql 1.21.1";

    public string Settings => $"{Workers} workers, delayed jobs, polled every second, long polling, 8 schedulers in parallel, a pool of {Workers + 60} connections with prepared statements";

    public IReadOnlyList<Making> Making { get; private set; } = [];

    public static async Task<IContender> PrepareAsync(BenchDatabase database, BenchSilo silo, int others, TimeProvider clock)
    {
        LogProvider.SetCurrentLogProvider(null);
        HangfireJob.Grains = silo.Grains;
        var made = new HangfireSchedules(await database.MakeAsync("hangfire", Workers + 60), silo, clock);
        var began = clock.GetTimestamp();
        await made.AddAsync("other", others, Due.In(TimeSpan.FromHours(20), clock));
        made.Making = [new("copied by SQL", others, clock.GetElapsedTime(began))];
        return made;
    }

    public async Task<CrowdResult> RunAsync(int crowd)
    {
        var due = Due.In(TimeSpan.FromSeconds(8), clock);
        silo.Starts.Expect(crowd, due);
        await AddAsync("crowd", crowd, due);
        var options = new BackgroundJobServerOptions
        {
            WorkerCount = Workers,
            SchedulePollingInterval = TimeSpan.FromSeconds(1),
            MaxDegreeOfParallelismForSchedulers = 8,
        };
        using (var server = new BackgroundJobServer(options, storage))
        {
            await silo.Starts.CompleteAsync(Name, TimeSpan.FromMinutes(10));
            var recorded = await Until.NoneAsync(
                owner, $"select count(*) from hangfire.job where arguments ->> 1 = '{due.ToUnixTimeSeconds()}' and statename <> 'Succeeded'", due, clock);
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
            await owner.CreateCommand($"delete from hangfire.job where arguments ->> 1 = '{due.ToUnixTimeSeconds()}'").ExecuteNonQueryAsync();
            await owner.CreateCommand("vacuum analyze").ExecuteNonQueryAsync();
            return silo.Starts.Result(Name, recorded);
        }
    }

    private async Task AddAsync(string prefix, int count, DateTimeOffset due)
    {
        var second = due.ToUnixTimeSeconds();
        var first = new BackgroundJobClient(storage).Schedule(() => HangfireJob.FireAsync($"{prefix}-0", second), due);
        await owner.CreateCommand(
            $"""
            create temp table made on commit drop as select nextval('hangfire.job_id_seq') as job, nextval('hangfire.state_id_seq') as state, number from generate_series(1, {count - 1}) as number;
            insert into hangfire.job (id, stateid, statename, invocationdata, arguments, createdat)
                select made.job, made.state, j.statename, j.invocationdata, jsonb_set(j.arguments, '{"{0}"}', to_jsonb(to_json('{prefix}-' || made.number)::text)), j.createdat
                from hangfire.job j, made where j.id = {first};
            insert into hangfire.state (id, jobid, name, reason, createdat, data)
                select made.state, made.job, s.name, s.reason, s.createdat, s.data from hangfire.state s, made where s.jobid = {first};
            insert into hangfire.jobparameter (jobid, name, value) select made.job, p.name, p.value from hangfire.jobparameter p, made where p.jobid = {first};
            insert into hangfire.set (key, score, value) select s.key, s.score, replace(s.value, '{first}', made.job::text) from hangfire.set s, made where s.value like '%{first}' and s.key = 'schedule';
            """).ExecuteNonQueryAsync();
        await owner.CreateCommand("analyze").ExecuteNonQueryAsync();
    }
}
