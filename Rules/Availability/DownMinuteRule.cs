using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>What minutes without service add up to (article 6, design decision 22).</summary>
public static class DownMinuteRule
{
    /// <summary>Counts each minute once. A minute that is told with several causes counts under the first of <see cref="OutageCause"/>: ours before anybody else's.</summary>
    public static MinutesPerCause PerCause(IEnumerable<DownMinute> minutes)
    {
        var counts = minutes.GroupBy(minute => minute.Minute).CountBy(group => group.Min(minute => minute.Cause)).ToDictionary();
        return new(
            counts.GetValueOrDefault(OutageCause.Ours),
            counts.GetValueOrDefault(OutageCause.Customer),
            counts.GetValueOrDefault(OutageCause.Internet),
            counts.GetValueOrDefault(OutageCause.ForceMajeure));
    }

    /// <summary>The outages for which the provider answers inside <paramref name="window"/>: ascending, disjoint, half-open.</summary>
    public static ImmutableArray<Interval> Attributable(IEnumerable<DownMinute> minutes, Interval window) =>
        OutageRule.Union(minutes.Where(minute => OutageRule.IsAttributable(minute.Cause)).Select(minute => minute.Span), window);
}
