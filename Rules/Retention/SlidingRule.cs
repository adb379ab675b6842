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
        var newestGood = Newest(points, PointState.Good, now, Math.Max(1, policy.KeepLastGood));
        var lastGood = newestGood.Count > 0 ? newestGood[0] : null;
        var today = now.InZone(zone).Date;
        var anchor = AnchorOf(today, lastGood, zone, policy);
        var window = new Window
        {
            Now = now,
            FirstDay = anchor.PlusDays(-policy.SlidingDays),
            Elapsed = policy.Elapsed,
            LastGood = [.. newestGood.Take(policy.KeepLastGood)],
            Resumable = ResumableOf(points, lastGood, now),
        };

        var firstComplete = today.PlusDays(-policy.SlidingDays);
        var isCovered = new bool[policy.SlidingDays];
        var keep = ImmutableArray.CreateBuilder<KeptPoint>(points.Count);
        var remove = ImmutableArray.CreateBuilder<RecoveryPoint>();
        foreach (var point in points)
        {
            // Once for each point: calendars are what a plan spends its time on.
            var day = point.At.InZone(zone).Date;
            if (point.State == PointState.Good && point.At <= now && firstComplete <= day && day < today)
            {
                isCovered[Period.DaysBetween(firstComplete, day)] = true;
            }

            var reasons = window.ReasonsFor(point, day);
            if (reasons.IsEmpty) remove.Add(point);
            else keep.Add(new(point, reasons));
        }

        ImmutableArray<LocalDate> missing = [.. Enumerable.Range(0, policy.SlidingDays).Where(i => !isCovered[i]).Select(firstComplete.PlusDays)];
        return new()
        {
            Today = today,
            Anchor = anchor,
            Keep = keep.DrainToImmutable(),
            Remove = remove.DrainToImmutable(),
            MissingDays = missing,
            GoodDaysCovered = policy.SlidingDays - missing.Length,
        };
    }

    private static LocalDate AnchorOf(LocalDate today, RecoveryPoint? lastGood, DateTimeZone zone, SlidingPolicy policy) =>
        policy.Freeze == WindowFreeze.None || lastGood is null ? today : LocalDate.Min(today, lastGood.At.InZone(zone).Date.PlusDays(1));

    private static RecoveryPoint? ResumableOf(IReadOnlyList<RecoveryPoint> points, RecoveryPoint? lastGood, Instant now)
    {
        var partial = Newest(points, PointState.Partial, now, 1);
        return partial.Count > 0 && (lastGood is null || IsNewer(partial[0], lastGood)) ? partial[0] : null;
    }

    // At most count of them, the newest first. Insertion: count is 1 in all but a few contracts.
    private static List<RecoveryPoint> Newest(IReadOnlyList<RecoveryPoint> points, PointState state, Instant now, int count)
    {
        List<RecoveryPoint> newest = [];
        foreach (var point in points)
        {
            if (point.State != state || point.At > now) continue;
            var place = newest.Count;
            while (place > 0 && IsNewer(point, newest[place - 1])) place--;
            if (place == count) continue;
            newest.Insert(place, point);
            if (newest.Count > count) newest.RemoveAt(count);
        }

        return newest;
    }

    private static bool IsNewer(RecoveryPoint one, RecoveryPoint other) =>
        one.At > other.At || (one.At == other.At && string.CompareOrdinal(one.Id, other.Id) > 0);

    private sealed record Window
    {
        // Every list of reasons that can be, by the bits of those that hold: plans share them.
        private static readonly ImmutableArray<ImmutableArray<KeepReason>> Lists =
            [.. Enumerable.Range(0, 1 << Enum.GetValues<KeepReason>().Length).Select(bits => Enum.GetValues<KeepReason>().Where(reason => (bits & Bit(reason)) != 0).ToImmutableArray())];

        public required Instant Now { get; init; }

        public required LocalDate FirstDay { get; init; }

        public required Duration Elapsed { get; init; }

        public required ImmutableArray<RecoveryPoint> LastGood { get; init; }

        public required RecoveryPoint? Resumable { get; init; }

        public ImmutableArray<KeepReason> ReasonsFor(RecoveryPoint point, LocalDate day)
        {
            var complete = point.State is PointState.Good or PointState.Suspect;
            var bits = 0;
            if (point.OnLegalHold) bits |= Bit(KeepReason.LegalHold);
            if (Now < point.LockUntil) bits |= Bit(KeepReason.Immutable);
            if (point.At > Now) bits |= Bit(KeepReason.Future);
            if (complete && day >= FirstDay) bits |= Bit(KeepReason.Window);
            if (complete && Now < point.At + Elapsed) bits |= Bit(KeepReason.Elapsed);
            if (LastGood.Contains(point)) bits |= Bit(KeepReason.LastGood);
            if (point == Resumable) bits |= Bit(KeepReason.Resumable);
            return Lists[bits];
        }

        private static int Bit(KeepReason reason) => 1 << (int)reason;
    }
}
