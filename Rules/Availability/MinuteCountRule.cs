using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>Counts judged minutes.</summary>
public static class MinuteCountRule
{
    public static MinuteCounts Count(IEnumerable<MinuteVerdict> verdicts)
    {
        var down = new int[4];
        var (up, notCounted, unprobed) = (0, 0, 0);
        foreach (var verdict in verdicts)
        {
            if (verdict.IsDown) down[(int)verdict.Cause]++;
            else if (verdict.Kind == MinuteKind.Up) up++;
            else notCounted++;
            if (verdict is { Kind: MinuteKind.Unprobed, Cause: OutageCause.Ours }) unprobed++;
        }

        return new(
            up, down[(int)OutageCause.Ours], down[(int)OutageCause.Customer], down[(int)OutageCause.Internet], down[(int)OutageCause.ForceMajeure], notCounted, unprobed);
    }

    /// <summary>
    /// The civil days of <paramref name="zone"/> that the verdicts reach, each with its minutes; a minute belongs to the day in which it begins. Days of 23 and 25 hours
    /// have 1380 and 1500 minutes.
    /// </summary>
    public static ImmutableArray<(LocalDate Date, MinuteCounts Counts)> PerDay(Instant start, ImmutableArray<MinuteVerdict> verdicts, DateTimeZone zone)
    {
        var days = ImmutableArray.CreateBuilder<(LocalDate, MinuteCounts)>();
        var first = MinuteRule.Number(start);
        for (var i = 0; i < verdicts.Length;)
        {
            var date = MinuteRule.At(first + i).InZone(zone).Date;
            var end = (int)Math.Min(verdicts.Length, MinuteRule.Number(zone.AtStartOfDay(date.PlusDays(1)).ToInstant()) - first);
            days.Add((date, Count(verdicts[i..end])));
            i = end;
        }

        return days.ToImmutable();
    }
}
