using System.Collections.Immutable;
using NodaTime;
using NodaTime.Calendars;

namespace BackupOnline.Rules.Retention;

/// <summary>Keep policies as restic's <c>forget</c> means them. The customer alone chooses them for cold sets (contract article 3.1).</summary>
public static class KeepRule
{
    /// <summary>
    /// Goes through the snapshots from the newest to the oldest (ties: the greater id first). Each rule keeps the first snapshot of every new period until
    /// its count is used up; periods without a snapshot do not count. Periods are civil in <paramref name="zone"/>, weeks are ISO weeks; an hour that occurs
    /// twice is one hour. Rules are ORed. A policy without any rule keeps everything, as restic does.
    /// </summary>
    public static KeepPlan Plan(IEnumerable<SnapshotTime> snapshots, DateTimeZone zone, KeepPolicy policy)
    {
        var newestFirst = snapshots.OrderByDescending(s => s.At).ThenByDescending(s => s.Id, StringComparer.Ordinal).ToList();
        var rules = RulesOf(policy);
        var withinRules = newestFirst.Count == 0 ? [] : WithinRulesOf(policy, newestFirst[0].At.InZone(zone).LocalDateTime);
        var keep = ImmutableArray.CreateBuilder<KeptSnapshot>();
        var remove = ImmutableArray.CreateBuilder<SnapshotTime>();
        for (var i = 0; i < newestFirst.Count; i++)
        {
            var snapshot = newestFirst[i];
            var local = snapshot.At.InZone(zone).LocalDateTime;
            var isOldest = policy.KeepsOldest && i == newestFirst.Count - 1;
            List<string> reasons =
            [
                .. policy.Tags.Where(list => list.All(tag => snapshot.Tags.Contains(tag))).Select(list => $"has tags [{string.Join(' ', list)}]"),
                .. withinRules.Take(1).Select(rule => rule.Judge(local, i)).OfType<string>(),
                .. rules.Select(rule => rule.Judge(local, i, isOldest)).OfType<string>(),
                .. withinRules.Skip(1).Select(rule => rule.Judge(local, i)).OfType<string>(),
            ];
            if (policy.IsEmpty) reasons.Add("no rule");

            if (reasons.Count > 0) keep.Add(new(snapshot, [.. reasons]) { Left = LeftOf(rules) });
            else remove.Add(snapshot);
        }

        return new(keep.ToImmutable(), remove.ToImmutable());
    }

    private static List<Rule> RulesOf(KeepPolicy policy) =>
    [
        .. new[]
        {
            new Rule("last snapshot", policy.Last, (_, position) => (0, position)),
            new Rule("hourly snapshot", policy.Hourly, HourOf),
            new Rule("daily snapshot", policy.Daily, DayOf),
            new Rule("weekly snapshot", policy.Weekly, WeekOf),
            new Rule("monthly snapshot", policy.Monthly, MonthOf),
            new Rule("yearly snapshot", policy.Yearly, YearOf),
        }.Where(rule => rule.IsOn),
    ];

    // The first one without a period: it keeps all.
    private static List<WithinRule> WithinRulesOf(KeepPolicy policy, LocalDateTime newest) =>
    [
        new WithinRule("", policy.Within, newest, (_, position) => (0, position)),
        new WithinRule("hourly ", policy.WithinHourly, newest, HourOf),
        new WithinRule("daily ", policy.WithinDaily, newest, DayOf),
        new WithinRule("weekly ", policy.WithinWeekly, newest, WeekOf),
        new WithinRule("monthly ", policy.WithinMonthly, newest, MonthOf),
        new WithinRule("yearly ", policy.WithinYearly, newest, YearOf),
    ];

    private static KeepCounters LeftOf(List<Rule> rules)
    {
        int Of(string name) => rules.Find(rule => rule.Name == name)?.Left ?? 0;
        return new()
        {
            Last = Of("last snapshot"),
            Hourly = Of("hourly snapshot"),
            Daily = Of("daily snapshot"),
            Weekly = Of("weekly snapshot"),
            Monthly = Of("monthly snapshot"),
            Yearly = Of("yearly snapshot"),
        };
    }

    private static (int, int) HourOf(LocalDateTime at, int position) => (Number(at.Date), at.Hour);

    private static (int, int) DayOf(LocalDateTime at, int position) => (Number(at.Date), 0);

    private static (int, int) WeekOf(LocalDateTime at, int position) => (WeekYearRules.Iso.GetWeekYear(at.Date), WeekYearRules.Iso.GetWeekOfWeekYear(at.Date));

    private static (int, int) MonthOf(LocalDateTime at, int position) => (at.Year, at.Month);

    private static (int, int) YearOf(LocalDateTime at, int position) => (at.Year, 0);

    private static int Number(LocalDate date) => (date.Year * 10_000) + (date.Month * 100) + date.Day;

    private sealed class Rule(string name, int count, Func<LocalDateTime, int, (int, int)> periodOf)
    {
        private (int, int)? last;

        public string Name => name;

        public int Left { get; private set; } = count >= KeepPolicy.Unlimited ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "A rule's count is -1 or more.");

        public bool IsOn { get; } = count != 0;

        /// <summary>Why this rule keeps the snapshot, or null.</summary>
        public string? Judge(LocalDateTime at, int position, bool isOldest)
        {
            if (Left == 0) return null;
            var period = periodOf(at, position);
            var isNew = period != last;
            if (!isNew && !isOldest) return null;
            last = period;
            if (Left > 0) Left--;
            return isNew ? name : $"oldest {name}";
        }
    }

    /// <summary>Keeps the first snapshot of every new period that is newer than the newest snapshot less <paramref name="within"/>, exclusive.</summary>
    private sealed class WithinRule(string name, Period? within, LocalDateTime newest, Func<LocalDateTime, int, (int, int)> periodOf)
    {
        private (int, int)? last;

        public string? Judge(LocalDateTime at, int position)
        {
            if (within is null || at <= newest.Minus(within)) return null;
            var period = periodOf(at, position);
            if (period == last) return null;
            last = period;
            return $"{name}within {PeriodText.Format(within)}";
        }
    }
}
