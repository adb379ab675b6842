using BackupOnline.Rules.Retention;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Rules.Tests.Retention;

public sealed class SlidingRuleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData("2026-05-30T21:59:59.999999999Z", true)]
    [InlineData("2026-05-30T22:00:00Z", false)]
    public void A_point_goes_at_the_very_midnight_of_day_31(string now, bool kept) =>
        Assert.Equal(kept, KeptIds(now, Good("old", "2026-04-29T22:00:00Z"), Good("new", "2026-05-30T20:00:00Z")).Contains("old"));

    [Theory]
    [InlineData("2026-04-10T22:29:59.999999999Z", true)]
    [InlineData("2026-04-10T22:30:00Z", false)]
    public void Across_the_change_to_summer_time_the_calendar_ends_first_and_720_hours_count(string now, bool kept) =>
        Assert.Equal(kept, KeptIds(now, Good("old", "2026-03-11T22:30:00Z"), Good("new", "2026-04-10T05:00:00Z")).Contains("old"));

    [Fact]
    public void Every_reason_is_listed_in_order()
    {
        var plan = Plan("2026-05-31T04:00:00Z", Good("a", "2026-05-31T00:00:00Z") with { OnLegalHold = true, LockUntil = At("2026-07-01T00:00:00Z") });

        Assert.Equal([KeepReason.LegalHold, KeepReason.Immutable, KeepReason.Window, KeepReason.Elapsed, KeepReason.LastGood], Assert.Single(plan.Keep).Reasons);
    }

    [Fact]
    public void A_lock_ends_at_its_instant()
    {
        var point = Good("a", "2026-01-01T00:00:00Z") with { LockUntil = At("2026-05-31T04:00:00Z") };
        var others = Good("b", "2026-05-31T00:00:00Z");

        Assert.Equal([KeepReason.Immutable], Plan("2026-05-31T03:59:59Z", point, others).Keep[0].Reasons);
        Assert.Equal(["a"], Plan("2026-05-31T04:00:00Z", point, others).Remove.Select(p => p.Id));
    }

    [Fact]
    public void Failed_and_older_partial_points_go_at_once_and_the_newest_partial_one_stays_for_resuming()
    {
        var plan = Plan(
            "2026-05-31T04:00:00Z",
            Good("good", "2026-05-30T00:00:00Z"),
            Point("failed", "2026-05-31T00:00:00Z", PointState.Failed),
            Point("older", "2026-05-31T00:00:00Z", PointState.Partial),
            Point("newest", "2026-05-31T01:00:00Z", PointState.Partial),
            Point("before", "2026-05-29T01:00:00Z", PointState.Partial));

        Assert.Equal(["good", "newest"], plan.Keep.Select(k => k.Point.Id));
        Assert.Equal([KeepReason.Resumable], plan.Keep[1].Reasons);
    }

    [Fact]
    public void A_partial_point_older_than_the_last_good_one_is_not_resumed() =>
        Assert.Equal(["good"], KeptIds("2026-05-31T04:00:00Z", Good("good", "2026-05-30T00:00:00Z"), Point("part", "2026-05-29T00:00:00Z", PointState.Partial)));

    [Fact]
    public void Ties_go_by_id()
    {
        Assert.Equal(["a", "b"], KeptIds("2026-05-31T04:00:00Z", Good("a", "2026-05-30T00:00:00Z"), Point("b", "2026-05-30T00:00:00Z", PointState.Partial)));
        Assert.Equal(["c"], KeptIds("2026-05-31T04:00:00Z", Good("c", "2026-05-30T00:00:00Z"), Point("b", "2026-05-30T00:00:00Z", PointState.Partial)));
        Assert.Equal(["y"], KeptIds("2027-05-31T04:00:00Z", SlidingPolicy.Default with { Freeze = WindowFreeze.None }, Good("x", "2026-05-30T00:00:00Z"), Good("y", "2026-05-30T00:00:00Z")));
    }

    [Fact]
    public void Without_any_good_point_the_window_slides_and_the_newest_partial_stays()
    {
        var plan = Plan("2026-05-31T04:00:00Z", Point("s", "2026-03-01T00:00:00Z", PointState.Suspect), Point("p", "2026-03-02T00:00:00Z", PointState.Partial));

        Assert.Equal(new LocalDate(2026, 5, 31), plan.Anchor);
        Assert.False(plan.IsFrozen);
        Assert.Equal(["p"], plan.Keep.Select(k => k.Point.Id));
        Assert.Equal((0, 30), (plan.GoodDaysCovered, plan.MissingDays.Length));
    }

    [Fact]
    public void Nothing_at_all_is_a_plan_too()
    {
        var plan = Plan("2026-05-31T04:00:00Z");

        Assert.Empty(plan.Keep);
        Assert.Empty(plan.Remove);
    }

    [Fact]
    public void A_good_point_of_the_future_is_kept_and_does_not_thaw_the_window()
    {
        var plan = Plan("2026-05-31T04:00:00Z", Good("last", "2026-04-10T00:00:00Z"), Good("early", "2026-06-02T00:00:00Z"));

        Assert.True(plan.IsFrozen);
        Assert.Equal(new LocalDate(2026, 4, 11), plan.Anchor);
        Assert.Contains(KeepReason.Future, plan.Keep[1].Reasons);
        Assert.DoesNotContain(KeepReason.LastGood, plan.Keep[1].Reasons);
    }

    [Fact]
    public void With_nothing_to_be_kept_at_any_age_the_last_good_point_goes_with_the_window_too() =>
        Assert.Empty(KeptIds("2026-05-31T04:00:00Z", new SlidingPolicy { KeepLastGood = 0, Freeze = WindowFreeze.None }, Good("a", "2026-01-01T00:00:00Z")));

    private static IEnumerable<string> KeptIds(string now, params RecoveryPoint[] points) => KeptIds(now, SlidingPolicy.Default, points);

    private static IEnumerable<string> KeptIds(string now, SlidingPolicy policy, params RecoveryPoint[] points) =>
        SlidingRule.Plan(points, Paris, At(now), policy).Keep.Select(k => k.Point.Id);

    private static SlidingPlan Plan(string now, params RecoveryPoint[] points) => SlidingRule.Plan(points, Paris, At(now), SlidingPolicy.Default);

    private static RecoveryPoint Good(string id, string at) => Point(id, at, PointState.Good);

    private static RecoveryPoint Point(string id, string at, PointState state) => new() { Id = id, At = At(at), State = state };

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
