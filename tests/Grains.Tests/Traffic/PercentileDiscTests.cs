using BackupOnline.Grains.Tests.Running;
using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;
using Npgsql;

namespace BackupOnline.Grains.Tests.Traffic;

/// <summary>PostgreSQL's <c>percentile_disc(0.95)</c> as a second judge of the percentile, on random months of every length.</summary>
public sealed class PercentileDiscTests(GrainsFixture fixture)
{
    private static readonly Gen<(int Month, int Busy, int Seed, int Largest)> Months =
        Gen.Select(Gen.Int[0, 47], Gen.Int[0, 8064], Gen.Int, Gen.OneOf(3, 1_000, int.MaxValue));

    [Fact]
    public Task PostgreSQL_finds_the_same_percentile() => Months.SampleAsync(
        async drawn =>
        {
            var month = MeteringMonth.Of(new YearMonth(2026, 1).PlusMonths(drawn.Month), DateTimeZoneProviders.Tzdb["Europe/Paris"]);
            var random = new Random(drawn.Seed);
            var values = Enumerable.Range(0, drawn.Busy).Select(_ => random.NextInt64(0, drawn.Largest)).ToArray();
            Assert.Equal(await JudgeAsync(values, month.Samples), PercentileRule.Of(values, month.Samples));

            var samples = values.Select((bytes, i) => KeyValuePair.Create(month.FirstSlot + i, new SlotBytes(bytes, 0)));
            Assert.Equal(await JudgeAsync(values, month.Samples), MonthRule.Measure(MeteringWindow.Of(month), samples, TrafficPolicy.Default).P95Bytes);
        },
        iter: 60,
        threads: 1);

    // The slots that nobody reported are 0.
    private async Task<long> JudgeAsync(long[] values, int samples)
    {
        await using var command = fixture.Database.CreateCommand("""
            select percentile_disc(0.95) within group (order by bytes)
            from (select unnest($1::bigint[]) as bytes union all select 0 from generate_series(1, $2)) month
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = values });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = samples - values.Length });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
