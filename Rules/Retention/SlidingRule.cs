using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>
/// The sliding window: contract article 6, "quotidienne, 30 jours glissants", read as the last 30 civil days (not the last 30 days that have a backup).
/// </summary>
public static class SlidingRule
{
    /// <summary>
    /// Counts civil days of <paramref name="zone"/>; a point belongs to the day of its consistency instant. The window is [anchor - days, ...): half-open, so
    /// that a point goes at the very midnight that begins day + days + 1, unless its elapsed hours are not over. Only points with an instant at or before
    /// <paramref name="now"/> are ranked for last good and newest partial; ties go by id, the greater being the newer. Nothing is rounded.
    /// </summary>
    public static SlidingPlan Plan(IReadOnlyList<RecoveryPoint> points, DateTimeZone zone, Instant now, SlidingPolicy policy)
    {
        var good = points.Where(p => p.State == PointState.Good && p.At <= now).OrderByDescending(p => p.At).ThenByDescending(p => p.Id, StringComparer.Ordinal).ToList();
        var lastGood = good.FirstOrDefault();
        var today = now.InZone(zone).Date;
        var anchor = AnchorOf(today, lastGood, zone, policy);
        var window = new Window
        {
            Now = now,
            Zone = zone,
            FirstDay = anchor.PlusDays(-policy.SlidingDays),
            Elapsed = policy.Elapsed,
            LastGood = [.. good.Take(policy.KeepLastGood)],
            Resumable = ResumableOf(points, lastGood, now),
        };

        var judged = points.Select(p => new KeptPoint(p, window.ReasonsFor(p))).ToList();
        var (missing, covered) = Coverage(good, today, zone, policy);
        return new()
        {
            Today = today,
            Anchor = anchor,
            Keep = [.. judged.Where(p => !p.Reasons.IsEmpty)],
            Remove = [.. judged.Where(p => p.Reasons.IsEmpty).Select(p => p.Point)],
            MissingDays = missing,
            GoodDaysCovered = covered,
        };
    }

    private static LocalDate AnchorOf(LocalDate today, RecoveryPoint? lastGood, DateTimeZone zone, SlidingPolicy policy) =>
        policy.Freeze == WindowFreeze.None || lastGood is null ? today : LocalDate.Min(today, lastGood.At.InZone(zone).Date.PlusDays(1));

    private static RecoveryPoint? ResumableOf(IReadOnlyList<RecoveryPoint> points, RecoveryPoint? lastGood, Instant now)
    {
        var newest = points.Where(p => p.State == PointState.Partial && p.At <= now).OrderByDescending(p => p.At).ThenByDescending(p => p.Id, StringComparer.Ordinal).FirstOrDefault();
        return newest is not null && (lastGood is null || IsNewer(newest, lastGood)) ? newest : null;
    }

    private static bool IsNewer(RecoveryPoint one, RecoveryPoint other) =>
        one.At > other.At || (one.At == other.At && string.CompareOrdinal(one.Id, other.Id) > 0);

    private static (ImmutableArray<LocalDate> Missing, int Covered) Coverage(List<RecoveryPoint> good, LocalDate today, DateTimeZone zone, SlidingPolicy policy)
    {
        var days = good.Select(p => p.At.InZone(zone).Date).ToHashSet();
        ImmutableArray<LocalDate> missing = [.. Enumerable.Range(0, policy.SlidingDays).Select(i => today.PlusDays(i - policy.SlidingDays)).Where(day => !days.Contains(day))];
        return (missing, policy.SlidingDays - missing.Length);
    }

    private sealed record Window
    {
        public required Instant Now { get; init; }

        public required DateTimeZone Zone { get; init; }

        public required LocalDate FirstDay { get; init; }

        public required Duration Elapsed { get; init; }

        public required ImmutableArray<RecoveryPoint> LastGood { get; init; }

        public required RecoveryPoint? Resumable { get; init; }

        public ImmutableArray<KeepReason> ReasonsFor(RecoveryPoint point)
        {
            var complete = point.State is PointState.Good or PointState.Suspect;
            var reasons = ImmutableArray.CreateBuilder<KeepReason>();
            if (point.OnLegalHold) reasons.Add(KeepReason.LegalHold);
            if (Now < point.LockUntil) reasons.Add(KeepReason.Immutable);
            if (point.At > Now) reasons.Add(KeepReason.Future);
            if (complete && point.At.InZone(Zone).Date >= FirstDay) reasons.Add(KeepReason.Window);
            if (complete && Now < point.At + Elapsed) reasons.Add(KeepReason.Elapsed);
            if (LastGood.Contains(point)) reasons.Add(KeepReason.LastGood);
            if (point == Resumable) reasons.Add(KeepReason.Resumable);
            return reasons.ToImmutable();
        }
    }
}
