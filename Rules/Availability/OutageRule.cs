using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>Times without service as half-open spans of instants (article 6).</summary>
public static class OutageRule
{
    /// <summary>True when the provider answers for it.</summary>
    public static bool IsAttributable(OutageCause cause) => cause == OutageCause.Ours;

    /// <summary>
    /// The union of <paramref name="outages"/> inside <paramref name="window"/>: ascending, disjoint, not touching, none of them empty. Overlapping and
    /// touching outages become one. Outages must have a start and an end; the window needs neither.
    /// </summary>
    public static ImmutableArray<Interval> Union(IEnumerable<Interval> outages, Interval window)
    {
        var union = ImmutableArray.CreateBuilder<Interval>();
        foreach (var outage in outages.OrderBy(outage => outage.Start))
        {
            var start = window.HasStart ? Instant.Max(outage.Start, window.Start) : outage.Start;
            var end = window.HasEnd ? Instant.Min(outage.End, window.End) : outage.End;
            if (start >= end) continue;
            if (union.Count > 0 && start <= union[^1].End) union[^1] = new(union[^1].Start, Instant.Max(union[^1].End, end));
            else union.Add(new(start, end));
        }

        return union.ToImmutable();
    }

    /// <summary>Length of disjoint spans together, in whole seconds: what is left below a second is cut off once, from the sum.</summary>
    public static long WholeSeconds(IEnumerable<Interval> disjoint) =>
        WholeSeconds(disjoint.Aggregate(Duration.Zero, (sum, span) => sum + span.Duration));

    /// <summary>A length that is not negative, in whole seconds, rounded down.</summary>
    public static long WholeSeconds(Duration duration) => (long)(duration.ToBigIntegerNanoseconds() / NodaConstants.NanosecondsPerSecond);
}
