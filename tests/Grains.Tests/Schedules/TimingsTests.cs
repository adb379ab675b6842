using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Schedules;

namespace BackupOnline.Grains.Tests.Schedules;

public sealed class TimingsTests
{
    public static IEnumerable<TheoryDataRow<TimingSpec, string?>> Specs() =>
    [
        new(TimingSpec.Once, null),
        new(TimingSpec.Daily("22:00", "Europe/Paris"), null),
        new(TimingSpec.Daily("23:59:59", "UTC", [1, 7], TimeSpan.FromHours(24)), null),
        new(TimingSpec.Every(TimeSpan.FromSeconds(1)), null),
        new(TimingSpec.Daily("24:00", "Europe/Paris"), "time-invalid"),
        new(TimingSpec.Daily("2:00", "Europe/Paris"), "time-invalid"),
        new(TimingSpec.Daily("02:00", "Europe/Atlantis"), "zone-unknown"),
        new(new() { Time = "02:00" }, "zone-unknown"),
        new(TimingSpec.Daily("02:00", "Europe/Paris", [0]), "weekdays-invalid"),
        new(TimingSpec.Daily("02:00", "Europe/Paris", window: TimeSpan.FromTicks(-1)), "window-invalid"),
        new(TimingSpec.Daily("02:00", "Europe/Paris", window: TimeSpan.FromHours(24.1)), "window-invalid"),
        new(TimingSpec.Every(TimeSpan.Zero), "period-invalid"),
        new(TimingSpec.Every(TimeSpan.FromDays(3_661)), "period-invalid"),
        new(TimingSpec.Daily("02:00", "Europe/Paris") with { Period = TimeSpan.FromHours(1) }, "timing-invalid"),
    ];

    [Theory]
    [MemberData(nameof(Specs), DisableDiscoveryEnumeration = true)]
    public void A_timing_is_kept_or_refused_with_a_reason(TimingSpec spec, string? code) => Assert.Equal(code, Timings.Check(spec)?.Code);

    [Theory]
    [InlineData("2026-03-28T20:00:00Z", "2026-03-28T21:00:00Z")]
    [InlineData("2026-03-28T21:00:00Z", "2026-03-29T20:00:00Z")]
    public void The_next_due_instant_is_the_rules(string after, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, null), Timings.NextAfter(TimingSpec.Daily("22:00", "Europe/Paris"), "x", DateTimeOffset.Parse(after, null)));

    [Fact]
    public void Once_has_no_next_and_a_period_counts_from_its_anchor()
    {
        var anchor = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Null(Timings.NextAfter(TimingSpec.Once, "x", anchor));
        Assert.Equal(anchor.AddHours(5), Timings.NextAfter(TimingSpec.Every(TimeSpan.FromHours(1), anchor), "x", anchor.AddHours(4.5)));
    }
}
