using BackupOnline.Agent.Hypervisors.Dpm;

namespace BackupOnline.Agent.Tests.Hypervisors.Dpm;

public sealed class DpmCoverageTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void A_day_is_covered_by_a_point_whose_data_are_of_that_day()
    {
        // Midnight in Paris is 23:00 UTC in winter.
        var days = Days(new(2026, 1, 10), new(2026, 1, 13), "2026-01-10T22:59:59Z", "2026-01-11T23:00:00Z", "2026-01-12T10:00:00Z");

        Assert.Equal([true, false, true, false], days.Select(day => day.IsCovered));
        Assert.Equal("2026-01-12T10:00:00Z", days[2].Point!.Id);
    }

    [Fact]
    public void Days_of_23_and_25_hours_are_one_day_each()
    {
        Assert.Equal([true, true], Days(new(2026, 3, 28), new(2026, 3, 29), "2026-03-28T22:59:00Z", "2026-03-29T21:59:00Z").Select(day => day.IsCovered));
        Assert.Equal([true, false], Days(new(2026, 10, 25), new(2026, 10, 26), "2026-10-25T22:59:00Z").Select(day => day.IsCovered));
    }

    [Fact]
    public void Without_points_no_day_is_covered() => Assert.All(Days(new(2026, 1, 1), new(2026, 1, 30)), day => Assert.False(day.IsCovered));

    [Fact]
    public void A_span_that_ends_before_it_begins_has_no_days() => Assert.Empty(Days(new(2026, 1, 2), new(2026, 1, 1), "2026-01-01T12:00:00Z"));

    private static IReadOnlyList<DpmDay> Days(DateOnly first, DateOnly last, params string[] instants) =>
        DpmCoverage.Days([.. instants.Select(one => new DpmRecoveryPoint(one, DateTimeOffset.Parse(one, System.Globalization.CultureInfo.InvariantCulture)))], first, last, Paris);
}
