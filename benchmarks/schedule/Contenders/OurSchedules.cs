using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Schedule.Running;
using BackupOnline.Schedule.Targets;
using Npgsql;

namespace BackupOnline.Schedule.Contenders;

/// <summary>The product: rows written by owners with their state, fired by the partition grains with the options as they come.</summary>
internal sealed class OurSchedules : IContender
{
    private const int RowsOfOwner = 1_000;
    private const int WritersAtOnce = 8;

    // Longer than a look, so that every partition knows of the crowd without a poke: what is due later than a look away costs none.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(17);

    private readonly BenchDatabase database;
    private readonly BenchSilo silo;
    private readonly TimeProvider clock;
    private int crowds;

    private OurSchedules(BenchDatabase database, BenchSilo silo, TimeProvider clock) => (this.database, this.silo, this.clock) = (database, silo, clock);

    public string Name => "Backup OnLine";

    public string Settings => "options as they come, unless --in-flight is given; 64 partitions, one pool of 30 connections";

    public required IReadOnlyList<Making> Making { get; init; }

    public static async Task<IContender> PrepareAsync(BenchDatabase database, BenchSilo silo, int others, TimeProvider clock)
    {
        var later = Due.In(TimeSpan.FromHours(20), clock);
        var timing = TimingSpec.Daily(Due.WallTime(later), Due.Zone);
        var began = clock.GetTimestamp();
        await WriteAsync(silo, "other", others, RowsOfOwner, timing, later);
        var together = new Making($"owners with {RowsOfOwner} schedules each, one transaction per owner", others, clock.GetElapsedTime(began));

        // The dearest way: every schedule with a grain of its own, activated for it, one transaction each. A tenth is enough to tell the rate.
        began = clock.GetTimestamp();
        await WriteAsync(silo, "alone", others / 10, 1, timing, later);
        var alone = new Making("owners with 1 schedule each, activated for it, one transaction per owner", others / 10, clock.GetElapsedTime(began));
        await TakeAwayAsync(database.Owner, "alone");
        return new OurSchedules(database, silo, clock) { Making = [together, alone] };
    }

    public async Task<CrowdResult> RunAsync(int crowd)
    {
        var prefix = $"crowd{++crowds}";
        var due = Due.In(Ahead + TimeSpan.FromSeconds(crowd / 5_000), clock);
        silo.Starts.Expect(crowd, due);
        await WriteAsync(silo, prefix, crowd, RowsOfOwner, TimingSpec.Daily(Due.WallTime(due), Due.Zone), due);
        await silo.Starts.CompleteAsync(Name, TimeSpan.FromMinutes(5));
        var recorded = await Until.NoneAsync(
            database.Owner, $"select count(*) from schedule where service_id = 'bench' and id like '{prefix}-%' and (last_outcome is distinct from 'done' or lease is not null)", due, clock);
        var result = silo.Starts.Result(Name, recorded);
        await TakeAwayAsync(database.Owner, prefix);
        return result;
    }

    private static Task WriteAsync(BenchSilo silo, string prefix, int count, int each, TimingSpec timing, DateTimeOffset due) => Parallel.ForEachAsync(
        Enumerable.Range(0, (count + each - 1) / each),
        new ParallelOptions { MaxDegreeOfParallelism = each == 1 ? WritersAtOnce * 8 : WritersAtOnce },
        async (part, _) => await silo.Grains.GetGrain<IOwnerGrain>($"{prefix}/{part}").ScheduleAsync(prefix, part * each, Math.Min(each, count - (part * each)), timing, due));

    private static async Task TakeAwayAsync(NpgsqlDataSource owner, string prefix)
    {
        await owner.CreateCommand($"delete from schedule where service_id = 'bench' and id like '{prefix}-%'").ExecuteNonQueryAsync();
        await owner.CreateCommand("vacuum analyze schedule").ExecuteNonQueryAsync();
    }
}
