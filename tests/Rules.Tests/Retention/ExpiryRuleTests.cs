using BackupOnline.Rules.Retention;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Rules.Tests.Retention;

public sealed class ExpiryRuleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData("2026-05-09T21:59:59Z", null, "2026-06-08T22:00:00Z")]
    [InlineData("2026-03-11T22:59:59Z", null, "2026-04-10T22:59:59Z")]
    [InlineData("2026-05-09T12:00:00Z", "2026-06-08T22:00:00Z", "2026-06-08T22:00:00Z")]
    [InlineData("2026-05-09T12:00:00Z", "2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z")]
    public void The_latest_of_calendar_elapsed_hours_and_lock_counts(string at, string? lockUntil, string expected) => Assert.Equal(
        expected,
        InstantPattern.ExtendedIso.Format(ExpiryRule.ExpiresAt(At(at), lockUntil is null ? null : At(lockUntil), Paris, SlidingPolicy.Default)));

    [Fact]
    public void Where_midnight_does_not_exist_the_day_begins_at_its_first_instant()
    {
        // Sao Paulo went from 23:59:59 on 3 November 2018 to 01:00 on the 4th.
        var zone = DateTimeZoneProviders.Tzdb["America/Sao_Paulo"];

        Assert.Equal(At("2018-11-04T03:00:00Z"), ExpiryRule.ExpiresAt(At("2018-10-04T12:00:00Z"), null, zone, SlidingPolicy.Default));
    }

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
