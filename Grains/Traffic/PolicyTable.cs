using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>Which policy applies to which month.</summary>
internal sealed class PolicyTable(ImmutableArray<TrafficPolicyView> policies)
{
    /// <summary>The policy that always was: the contract's numbers.</summary>
    public static TrafficPolicyView Original { get; } = new() { Version = 1, FromMonth = "0001-01", Settings = new() };

    /// <summary>Of the policies that begin with the month or before it the newest.</summary>
    public TrafficPolicy Of(YearMonth month)
    {
        var text = month.Text();
        return policies.Where(policy => string.CompareOrdinal(policy.FromMonth, text) <= 0).MaxBy(policy => policy.Version)!.ToPolicy();
    }

    /// <summary>The month in the zone that its policy meters by.</summary>
    public MeteringMonth MonthOf(YearMonth month) => MeteringMonth.Of(month, ZoneOf(month));

    /// <summary>The metering month that holds an instant. Zones of neighbouring months agree on the edge between them, so that there is exactly one.</summary>
    public MeteringMonth MonthAt(Instant instant)
    {
        var guess = instant.InUtc().Date.ToYearMonth();
        var slot = TrafficSlot.Of(instant);
        foreach (var offset in new[] { 0, 1, -1 })
        {
            var month = MonthOf(guess.PlusMonths(offset));
            if (month.Holds(slot)) return month;
        }

        throw new InvalidOperationException($"No month holds {instant}.");
    }

    private DateTimeZone ZoneOf(YearMonth month) => DateTimeZoneProviders.Tzdb[Of(month).Zone];
}
