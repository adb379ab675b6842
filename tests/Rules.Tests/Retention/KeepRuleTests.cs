using BackupOnline.Rules.Retention;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Rules.Tests.Retention;

public sealed class KeepRuleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    private static readonly Gen<KeepPolicy> Policies = Gen.Select(Gen.Int[-1, 5], Gen.Int[-1, 5], Gen.Int[-1, 5], Gen.Int[-1, 5], Gen.Int[-1, 5])
        .Select((last, daily, weekly, monthly, yearly) => new KeepPolicy { Last = last, Daily = daily, Weekly = weekly, Monthly = monthly, Yearly = yearly });

    private static readonly Gen<SnapshotTime[]> Snapshots = Gen.Int[0, 1_000_000].Array[0, 50]
        .Select(minutes => minutes.Select((m, i) => new SnapshotTime($"s{i:00}", Instant.FromUtc(2025, 1, 1, 0, 0) + Duration.FromMinutes(m))).ToArray());

    [Fact]
    public void The_newest_snapshot_of_each_period_stays_and_says_why()
    {
        var plan = Plan(new() { Daily = 2 }, "2026-05-01T01:00:00Z", "2026-05-02T01:00:00Z", "2026-05-02T09:00:00Z", "2026-05-03T01:00:00Z");

        Assert.Equal(["2026-05-03T01:00:00Z daily snapshot", "2026-05-02T09:00:00Z daily snapshot"], plan);
    }

    [Fact]
    public void A_rule_that_is_not_used_up_keeps_the_oldest_too() => Assert.Equal(
        ["2026-05-02T09:00:00Z daily snapshot", "2026-05-02T01:00:00Z oldest daily snapshot"],
        Plan(new() { Daily = 2 }, "2026-05-02T01:00:00Z", "2026-05-02T05:00:00Z", "2026-05-02T09:00:00Z"));

    [Fact]
    public void The_hour_that_occurs_twice_is_one_hour() => Assert.Equal(
        ["2026-10-25T01:10:00Z hourly snapshot"],
        Plan(new() { Hourly = 3, KeepsOldest = false }, "2026-10-25T00:20:00Z", "2026-10-25T01:10:00Z"));

    [Fact]
    public void Days_are_those_of_the_zone() => Assert.Equal(
        ["2026-05-02T21:59:00Z daily snapshot"],
        Plan(new() { Daily = 9, KeepsOldest = false }, "2026-05-01T22:30:00Z", "2026-05-02T21:59:00Z"));

    [Fact]
    public void Within_counts_back_from_the_newest_snapshot_exclusively() => Assert.Equal(
        ["2026-03-31T10:00:00Z within 1m", "2026-02-28T11:00:01Z within 1m"],
        Plan(new() { Within = Period.FromMonths(1) }, "2026-02-28T11:00:00Z", "2026-02-28T11:00:01Z", "2026-03-31T10:00:00Z"));

    [Fact]
    public void Daily_within_keeps_the_newest_of_each_day_that_far_back() => Assert.Equal(
        ["2026-05-04T09:00:00Z daily within 1d12h", "2026-05-03T20:00:00Z daily within 1d12h"],
        Plan(
            new() { WithinDaily = PeriodOf("1d12h") },
            "2026-05-04T09:00:00Z", "2026-05-04T08:00:00Z", "2026-05-03T20:00:00Z", "2026-05-03T01:00:00Z", "2026-05-02T21:00:00Z"));

    [Fact]
    public void A_snapshot_with_all_tags_of_a_list_stays()
    {
        var policy = new KeepPolicy { Tags = [["a", "b"], ["c"]] };
        SnapshotTime Tagged(string id, params string[] tags) => new(id, Instant.FromUtc(2026, 5, 1, 0, 0)) { Tags = [.. tags] };

        var plan = KeepRule.Plan([Tagged("4", "b", "a", "x"), Tagged("3", "a"), Tagged("2", "c"), Tagged("1")], Paris, policy);

        Assert.Equal(["4 has tags [a b]", "2 has tags [c]"], plan.Keep.Select(k => $"{k.Snapshot.Id} {string.Join(", ", k.Reasons)}"));
        Assert.Equal(["3", "1"], plan.Remove.Select(s => s.Id));
    }

    [Fact]
    public void What_is_left_of_each_rule_goes_with_the_snapshot()
    {
        var plan = KeepRule.Plan(
            [new("2", Instant.FromUtc(2026, 5, 2, 0, 0)), new("1", Instant.FromUtc(2026, 5, 1, 0, 0))], Paris, new() { Last = 3, Daily = KeepPolicy.Unlimited });

        Assert.Equal([new() { Last = 2, Daily = -1 }, new() { Last = 1, Daily = -1 }], plan.Keep.Select(k => k.Left));
    }

    [Theory]
    [InlineData("2y5m7d3h", "2y5m7d3h")]
    [InlineData("3h2d", "2d3h")]
    [InlineData("0d", "")]
    public void Periods_are_spelled_as_restic_does(string text, string formatted) => Assert.Equal(formatted, PeriodText.Format(PeriodOf(text)));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("d")]
    [InlineData("1d2d")]
    [InlineData("1w")]
    [InlineData("-1d")]
    [InlineData("1234567d")]
    public void What_is_no_period_is_refused(string text) => Assert.False(PeriodText.TryParse(text, out _));

    [Fact]
    public void Unlimited_keeps_one_of_every_period() =>
        Assert.Equal(3, Plan(new() { Yearly = KeepPolicy.Unlimited }, "2023-01-01T10:00:00Z", "2024-01-01T10:00:00Z", "2025-01-01T10:00:00Z").Count());

    [Fact]
    public void A_policy_without_a_rule_keeps_everything() => Assert.Equal(["2026-05-01T01:00:00Z no rule"], Plan(new(), "2026-05-01T01:00:00Z"));

    [Fact]
    public void A_negative_count_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Plan(new() { Daily = -2 }, "2026-05-01T01:00:00Z"));

    [Fact]
    public void The_newest_snapshot_always_stays()
    {
        Gen.Select(Snapshots.Where(s => s.Length > 0), Policies).Sample(
            (snapshots, policy) =>
            {
                var plan = KeepRule.Plan(snapshots, Paris, policy);
                Assert.Equal(snapshots.MaxBy(s => (s.At, s.Id)), plan.Keep[0].Snapshot);
                Assert.Equal(snapshots.Length, plan.Keep.Length + plan.Remove.Length);
            },
            iter: 2_000);
    }

    [Fact]
    public void More_generous_counts_only_keep_more()
    {
        Gen.Select(Snapshots, Policies, Gen.Int[1, 5]).Sample(
            (snapshots, policy, more) =>
            {
                var before = KeepRule.Plan(snapshots, Paris, policy with { KeepsOldest = false }).Keep.Select(k => k.Snapshot.Id);
                var generous = policy with { Daily = policy.Daily < 0 ? policy.Daily : policy.Daily + more, KeepsOldest = false };
                if (policy == new KeepPolicy()) return;
                Assert.Empty(before.Except(KeepRule.Plan(snapshots, Paris, generous).Keep.Select(k => k.Snapshot.Id)));
            },
            iter: 2_000);
    }

    private static Period PeriodOf(string text) => PeriodText.TryParse(text, out var period) ? period : throw new FormatException(text);

    private static IEnumerable<string> Plan(KeepPolicy policy, params string[] times) =>
        KeepRule.Plan(times.Select(t => new SnapshotTime(t, InstantPattern.ExtendedIso.Parse(t).Value)), Paris, policy).Keep
            .Select(k => $"{k.Snapshot.Id} {string.Join(", ", k.Reasons)}");
}
