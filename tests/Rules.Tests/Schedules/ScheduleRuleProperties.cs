using BackupOnline.Rules.Schedules;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Schedules;

public sealed class ScheduleRuleProperties
{
    private static readonly Gen<DateTimeZone> Zones = Gen.OneOf("Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
        .Select(id => DateTimeZoneProviders.Tzdb[id]);

    private static readonly Gen<Instant> Instants = Gen.Long[1_262_304_000, 2_208_988_800].Select(Instant.FromUnixTimeSeconds);

    private static readonly Gen<ScheduleTiming.Daily> Dailies = Gen.Select(Zones, Gen.Int[0, 86_399], Gen.Int[1, 7].Array[0, 7], Gen.OneOf(0, 0, 3_600, 86_400))
        .Select((zone, second, days, window) => new ScheduleTiming.Daily(LocalTime.FromSecondsSinceMidnight(second), zone)
        {
            Weekdays = IsoWeekdays.Of(days),
            Window = Duration.FromSeconds(window),
        });

    [Fact]
    public void Nothing_is_skipped_between_two_runs()
    {
        Gen.Select(Dailies, Instants, Gen.Long[0, 10_000]).Sample(
            (timing, after, pause) =>
            {
                var next = ScheduleRule.NextAfter(timing, "x", after)!.Value;
                Assert.True(next > after);

                // From any instant before the next run the answer is the same.
                var between = Instant.Min(after + Duration.FromSeconds(pause), next - Duration.Epsilon);
                Assert.Equal(next, ScheduleRule.NextAfter(timing, "x", between));
            },
            iter: 3_000);
    }

    [Fact]
    public void A_run_is_at_its_wall_time_or_at_the_end_of_a_gap()
    {
        Gen.Select(Dailies, Instants).Sample(
            (timing, after) =>
            {
                var exact = timing with { Window = Duration.Zero };
                var next = ScheduleRule.NextAfter(exact, "x", after)!.Value;
                var local = next.InZone(exact.Zone);
                var interval = exact.Zone.GetZoneInterval(next);
                if (local.TimeOfDay != exact.Time) Assert.Equal(next, interval.Start);
                else Assert.Equal(next, exact.Zone.MapLocal(local.LocalDateTime).First().ToInstant());
            },
            iter: 3_000);
    }

    [Fact]
    public void Periods_keep_their_beat()
    {
        Gen.Select(Gen.Int[1, 100_000], Instants, Instants).Sample(
            (seconds, anchor, after) =>
            {
                var period = Duration.FromSeconds(seconds);
                var next = ScheduleRule.NextAfter(new ScheduleTiming.Every(period, anchor), "x", after)!.Value;
                Assert.True(next > after && next - after <= period);
                Assert.Equal(0, (next - anchor).TotalSeconds % seconds);
            },
            iter: 3_000);
    }
}
