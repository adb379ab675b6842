using BackupOnline.Rules.Retention;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Retention;

public sealed class SlidingRuleProperties
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly Gen<RecoveryPoint[]> Points =
        Gen.Select(Gen.Int[0, 500 * 1440], Gen.OneOf(PointState.Good, PointState.Good, PointState.Suspect, PointState.Partial, PointState.Failed), Gen.Int[0, 20])
            .Array[0, 60]
            .Select(drawn => drawn.Select((d, i) => new RecoveryPoint
            {
                Id = $"p{i:00}",
                At = Start + Duration.FromMinutes(d.Item1),
                State = d.Item2,
                OnLegalHold = d.Item3 == 0,
                LockUntil = d.Item3 == 1 ? Start + Duration.FromMinutes(d.Item1) + Duration.FromDays(90) : null,
            }).ToArray());

    private static readonly Gen<Instant> Nows = Gen.Int[0, 520 * 1440].Select(m => Start + Duration.FromMinutes(m));

    private static readonly Gen<SlidingPolicy> Policies = Gen.Select(Gen.Int[1, 60], Gen.Int[1, 4], Gen.Bool)
        .Select((days, last, freezes) => new SlidingPolicy { SlidingDays = days, KeepLastGood = last, Freeze = freezes ? WindowFreeze.LastGood : WindowFreeze.None });

    [Fact]
    public void Every_point_is_either_kept_with_a_reason_or_may_go()
    {
        Gen.Select(Points, Nows, Policies).Sample(
            (points, now, policy) =>
            {
                var plan = SlidingRule.Plan(points, Paris, now, policy);
                Assert.Equal(points.Select(p => p.Id).Order(), plan.Keep.Select(k => k.Point.Id).Concat(plan.Remove.Select(p => p.Id)).Order());
                Assert.All(plan.Keep, kept => Assert.Equal(kept.Reasons.Order().Distinct(), kept.Reasons));
                Assert.Equal(policy.SlidingDays, plan.GoodDaysCovered + plan.MissingDays.Length);
            },
            iter: 2_000);
    }

    [Fact]
    public void The_last_good_point_and_what_is_held_or_locked_or_in_the_window_never_goes()
    {
        Gen.Select(Points, Nows, Policies).Sample(
            (points, now, policy) =>
            {
                var plan = SlidingRule.Plan(points, Paris, now, policy);
                var today = now.InZone(Paris).Date;
                Assert.DoesNotContain(plan.Remove, p => p.OnLegalHold || p.LockUntil > now || p.At > now);
                Assert.DoesNotContain(
                    plan.Remove,
                    p => p.State is PointState.Good or PointState.Suspect && Period.DaysBetween(p.At.InZone(Paris).Date, today) <= policy.SlidingDays);
                var lastGood = points.Where(p => p.State == PointState.Good && p.At <= now).MaxBy(p => (p.At, p.Id));
                if (lastGood is not null) Assert.Contains(plan.Keep, k => k.Point == lastGood);
            },
            iter: 2_000);
    }

    [Fact]
    public void The_freeze_only_ever_keeps_more()
    {
        Gen.Select(Points, Nows, Policies).Sample(
            (points, now, policy) =>
            {
                var sliding = SlidingRule.Plan(points, Paris, now, policy with { Freeze = WindowFreeze.None });
                var freezing = SlidingRule.Plan(points, Paris, now, policy with { Freeze = WindowFreeze.LastGood });
                Assert.Empty(sliding.Keep.Select(k => k.Point.Id).Except(freezing.Keep.Select(k => k.Point.Id)));
            },
            iter: 2_000);
    }

    [Fact]
    public void While_backups_arrive_a_point_goes_exactly_at_its_expiry()
    {
        Gen.Select(Gen.Int[0, 400 * 1440], Gen.Int[1, 60]).Sample(
            (minute, days) =>
            {
                var policy = new SlidingPolicy { SlidingDays = days };
                var point = new RecoveryPoint { Id = "p", At = Start + Duration.FromMinutes(minute), State = PointState.Good };
                var expires = ExpiryRule.ExpiresAt(point.At, null, Paris, policy);
                Assert.True(Kept(expires - Duration.Epsilon));
                Assert.False(Kept(expires));

                bool Kept(Instant now) => SlidingRule.Plan(
                    [point, new() { Id = "newer", At = now, State = PointState.Good }], Paris, now, policy).Keep.Any(k => k.Point == point);
            },
            iter: 2_000);
    }
}
