using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>From minutes to outages (contract article 6).</summary>
public static class MinuteOutageRule
{
    /// <summary>The down minutes of <see cref="MinuteRule.Judge"/> as outages: ascending, disjoint, each as long as kind and cause stay the same.</summary>
    public static ImmutableArray<MinuteOutage> Of(MinuteQuestion question, ImmutableArray<MinuteVerdict> verdicts)
    {
        var first = MinuteRule.Number(question.Start);
        var outages = ImmutableArray.CreateBuilder<MinuteOutage>();
        for (var i = 0; i < verdicts.Length;)
        {
            var end = i + 1;
            while (end < verdicts.Length && verdicts[end] == verdicts[i]) end++;
            if (verdicts[i].IsDown) outages.Add(Describe(question, verdicts[i], MinuteRule.At(first + i), MinuteRule.At(first + end)));
            i = end;
        }

        return outages.ToImmutable();
    }

    /// <summary>The outages for which the provider answers, as one union: what the month's credit is computed from.</summary>
    public static ImmutableArray<Interval> Attributable(IEnumerable<MinuteOutage> outages) =>
        OutageRule.Union(outages.Where(outage => OutageRule.IsAttributable(outage.Cause)).Select(outage => outage.Span), new(null, null));

    private static MinuteOutage Describe(MinuteQuestion question, MinuteVerdict verdict, Instant start, Instant end)
    {
        var inside = question.Runs.Where(run => run.First < end && run.Until > start && question.Vaults.Any(vault => vault.Name == run.Vault)).ToList();
        var bad = inside.Where(run => !run.Good).ToList();
        var vaults = verdict.Kind == MinuteKind.Failed
            ? bad.Select(run => run.Vault)
            : question.Vaults.Where(vault => HasGap(inside, vault, start, end)).Select(vault => vault.Name);
        return new()
        {
            Start = start,
            End = end,
            Kind = verdict.Kind,
            Cause = verdict.Cause,
            Vaults = [.. vaults.Distinct().Order(StringComparer.Ordinal)],
            Outcomes = [.. bad.Select(run => run.Outcome).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static bool HasGap(List<MinuteRun> runs, MinuteVault vault, Instant start, Instant end)
    {
        var owed = Instant.Max(start, MinuteRule.At(MinuteRule.FirstOwed(vault.CreatedAt)));
        if (owed >= end) return false;
        var covered = OutageRule.Union(runs.Where(run => run.Vault == vault.Name).Select(run => new Interval(run.First, run.Until)), new(owed, end));
        return covered is not [var whole] || whole != new Interval(owed, end);
    }
}
