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
        var keep = ImmutableArray.CreateBuilder<KeptSnapshot>();
        var remove = ImmutableArray.CreateBuilder<SnapshotTime>();
        for (var i = 0; i < newestFirst.Count; i++)
        {
            var local = newestFirst[i].At.InZone(zone).LocalDateTime;
            var isOldest = policy.KeepsOldest && i == newestFirst.Count - 1;
            var reasons = rules.Select(rule => rule.Judge(local, i, isOldest)).OfType<string>().ToList();
            if (policy.Within is { } within && local > newestFirst[0].At.InZone(zone).LocalDateTime.Minus(within)) reasons.Add($"within {within}");
            if (rules.Count == 0 && policy.Within is null) reasons.Add("no rule");

            if (reasons.Count > 0) keep.Add(new(newestFirst[i], [.. reasons]));
            else remove.Add(newestFirst[i]);
        }

        return new(keep.ToImmutable(), remove.ToImmutable());
    }

    private static List<Rule> RulesOf(KeepPolicy policy) =>
    [
        .. new[]
        {
            new Rule("last snapshot", policy.Last, (_, position) => (0, position)),
            new Rule("hourly snapshot", policy.Hourly, (at, _) => (Number(at.Date), at.Hour)),
            new Rule("daily snapshot", policy.Daily, (at, _) => (Number(at.Date), 0)),
            new Rule("weekly snapshot", policy.Weekly, (at, _) => (WeekYearRules.Iso.GetWeekYear(at.Date), WeekYearRules.Iso.GetWeekOfWeekYear(at.Date))),
            new Rule("monthly snapshot", policy.Monthly, (at, _) => (at.Year, at.Month)),
            new Rule("yearly snapshot", policy.Yearly, (at, _) => (at.Year, 0)),
        }.Where(rule => rule.IsOn),
    ];

    private static int Number(LocalDate date) => (date.Year * 10_000) + (date.Month * 100) + date.Day;

    private sealed class Rule(string name, int count, Func<LocalDateTime, int, (int, int)> periodOf)
    {
        private (int, int)? last;
        private int left = count >= KeepPolicy.Unlimited ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "A rule's count is -1 or more.");

        public bool IsOn { get; } = count != 0;

        /// <summary>Why this rule keeps the snapshot, or null.</summary>
        public string? Judge(LocalDateTime at, int position, bool isOldest)
        {
            if (left == 0) return null;
            var period = periodOf(at, position);
            var isNew = period != last;
            if (!isNew && !isOldest) return null;
            last = period;
            if (left > 0) left--;
            return isNew ? name : $"oldest {name}";
        }
    }
}
