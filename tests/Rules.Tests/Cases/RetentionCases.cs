using System.Text.Json;
using BackupOnline.Rules.Retention;
using BackupOnline.Rules.Schedules;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Rules.Tests.Cases;

/// <summary>Judges of the sections of <c>retention.json</c>.</summary>
internal static class RetentionCases
{
    public static IReadOnlyDictionary<string, Action<JsonElement>> Judges { get; } = new Dictionary<string, Action<JsonElement>>(StringComparer.Ordinal)
    {
        ["sliding"] = Sliding,
        ["expiry"] = Expiry,
        ["schedule"] = Schedule,
        ["gfs"] = KeepPolicies,
    };

    private static void Sliding(JsonElement item)
    {
        var wanted = item.GetProperty("policy");
        var policy = new SlidingPolicy
        {
            SlidingDays = wanted.GetProperty("slidingDays").GetInt32(),
            KeepLastGood = wanted.GetProperty("keepLastGood").GetInt32(),
            Freeze = Enum.Parse<WindowFreeze>(wanted.GetProperty("freeze").GetString()!, ignoreCase: true),
        };

        var plan = SlidingRule.Plan([.. item.GetProperty("points").EnumerateArray().Select(Point)], Zone(item), At(item, "now"), policy);

        var expected = item.GetProperty("expected");
        Assert.Equal(expected.GetProperty("today").GetString(), LocalDatePattern.Iso.Format(plan.Today));
        Assert.Equal(expected.GetProperty("anchor").GetString(), LocalDatePattern.Iso.Format(plan.Anchor));
        Assert.Equal(Texts(expected, "keep"), plan.Keep.Select(p => p.Point.Id));
        Assert.Equal(Texts(expected, "remove"), plan.Remove.Select(p => p.Id));
        Assert.Equal(expected.GetProperty("keptCount").GetInt32(), plan.Keep.Length);
        Assert.Equal(expected.GetProperty("goodDaysCoveredOfLast30").GetInt32(), plan.GoodDaysCovered);
        Assert.Equal(Texts(expected, "missingDays"), plan.MissingDays.Select(LocalDatePattern.Iso.Format));
    }

    private static void Expiry(JsonElement item) => Assert.Equal(
        At(item, "expiresAt"),
        ExpiryRule.ExpiresAt(At(item, "at"), MaybeAt(item, "lockUntil"), Zone(item), new() { SlidingDays = item.GetProperty("slidingDays").GetInt32() }));

    private static void Schedule(JsonElement item)
    {
        var timing = new ScheduleTiming.Daily(TimeOf(item.GetProperty("time").GetString()!), Zone(item)) { Weekdays = WeekdaysOf(item) };

        Assert.Equal(Texts(item, "next"), ScheduleRule.Upcoming(timing, "case", At(item, "after"), 3).Select(InstantPattern.ExtendedIso.Format));
    }

    private static void KeepPolicies(JsonElement item)
    {
        var snapshots = Texts(item, "points").Select(text => new SnapshotTime(text, InstantPattern.ExtendedIso.Parse(text).Value)).ToList();
        var keep = item.GetProperty("keep");
        int Count(string rule) => keep.TryGetProperty(rule, out var count) ? count.GetInt32() : 0;
        var policy = new KeepPolicy
        {
            Last = Count("last"),
            Hourly = Count("hourly"),
            Daily = Count("daily"),
            Weekly = Count("weekly"),
            Monthly = Count("monthly"),
            Yearly = Count("yearly"),
        };
        Assert.Empty(keep.EnumerateObject().Select(rule => rule.Name).Except(["last", "hourly", "daily", "weekly", "monthly", "yearly"]));

        Assert.Equal(Texts(item, "kept"), Kept(snapshots, item, policy));
        Assert.Equal(Texts(item, "keptWithoutOldestRule"), Kept(snapshots, item, policy with { KeepsOldest = false }));
    }

    private static IEnumerable<string> Kept(List<SnapshotTime> snapshots, JsonElement item, KeepPolicy policy) =>
        KeepRule.Plan(snapshots, Zone(item), policy).Keep.Select(k => k.Snapshot.Id).Reverse();

    private static RecoveryPoint Point(JsonElement point) => new()
    {
        Id = point.GetProperty("id").GetString()!,
        At = At(point, "at"),
        State = Enum.Parse<PointState>(point.GetProperty("state").GetString()!, ignoreCase: true),
        OnLegalHold = point.TryGetProperty("hold", out var hold) && hold.GetBoolean(),
        LockUntil = MaybeAt(point, "lockUntil"),
    };

    private static LocalTime TimeOf(string text) => LocalTimePattern.CreateWithInvariantCulture(text.Length == 5 ? "HH:mm" : "HH:mm:ss").Parse(text).Value;

    private static IsoWeekdays WeekdaysOf(JsonElement item) =>
        item.TryGetProperty("weekdays", out var days) && days.ValueKind == JsonValueKind.Array ? IsoWeekdays.Of([.. days.EnumerateArray().Select(day => day.GetInt32())]) : IsoWeekdays.All;

    private static DateTimeZone Zone(JsonElement item) => DateTimeZoneProviders.Tzdb[item.GetProperty("zone").GetString()!];

    private static Instant At(JsonElement item, string name) => InstantPattern.ExtendedIso.Parse(item.GetProperty(name).GetString()!).Value;

    private static Instant? MaybeAt(JsonElement item, string name) =>
        item.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String ? InstantPattern.ExtendedIso.Parse(at.GetString()!).Value : null;

    private static IEnumerable<string> Texts(JsonElement item, string name) => item.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);
}
