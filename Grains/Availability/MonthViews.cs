using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Persistence.Availability;
using BackupOnline.Rules.Availability;
using NodaTime;
using OutageCause = BackupOnline.Rules.Availability.OutageCause;

namespace BackupOnline.Grains.Availability;

/// <summary>Between tables, rules and views. No rule lives here.</summary>
internal static class MonthViews
{
    public static MinuteQuestion Question(Interval span, List<OwedVault> vaults, List<ProbeRun> runs, IEnumerable<Interval> suspensions, IEnumerable<CorrectionView> corrections) => new()
    {
        Start = span.Start,
        End = span.End,
        Vaults = [.. vaults.Select(vault => new MinuteVault(vault.Name, Instant.FromDateTimeOffset(vault.CreatedAt)))],
        Runs =
        [
            .. runs.Select(run => new MinuteRun
            {
                Vault = run.Vault,
                First = Instant.FromDateTimeOffset(run.First),
                Until = Instant.FromDateTimeOffset(run.Until),
                Good = run.Outcome == ProbeRun.Good,
                Outcome = run.Outcome,
            }),
        ],
        Suspensions = [.. suspensions],
        Corrections =
        [
            .. corrections.Select(correction => new MinuteCorrection
            {
                From = Instant.FromDateTimeOffset(correction.From),
                Until = Instant.FromDateTimeOffset(correction.Until),
                Cause = (OutageCause)correction.Cause,
                Declared = correction.Declared,
            }),
        ],
    };

    public static AvailabilityOutageView Of(MinuteOutage outage) => new()
    {
        Start = outage.Start.ToDateTimeOffset(),
        End = outage.End.ToDateTimeOffset(),
        Minutes = (int)outage.Span.Duration.TotalMinutes,
        Cause = (Interfaces.Availability.OutageCause)outage.Cause,
        Unprobed = outage.Kind == MinuteKind.Unprobed,
        Vaults = outage.Vaults,
        Outcomes = [.. outage.Outcomes.Select(ProbeWords.Parse)],
    };

    public static AvailabilityDayView Of(LocalDate date, MinuteCounts counts) => new()
    {
        Date = date.ToDateOnly(),
        UpMinutes = counts.Up,
        DownMinutes = counts.Ours,
        ExcusedMinutes = counts.Excused,
        NotCountedMinutes = counts.NotCounted,
    };

    /// <summary>The outages of a view for which the provider answers.</summary>
    public static ImmutableArray<Interval> Attributable(AvailabilityMonthView view) =>
        OutageRule.Union(view.Outages.Where(outage => OutageRule.IsAttributable((OutageCause)outage.Cause)).Select(Span), new(null, null));

    /// <summary>Those of a sealed month, with what corrections after the seal add: declared times, and excused outages that turned out to be ours.</summary>
    public static ImmutableArray<Interval> Corrected(AvailabilityMonthView report, IEnumerable<CorrectionView> afterSeal)
    {
        var added = afterSeal.SelectMany(correction =>
        {
            var span = Span(correction);
            return correction.Declared ? [span] : OutageRule.Union(report.Outages.Select(Span), span);
        });
        return OutageRule.Union(Attributable(report).Concat(added), new(null, null));
    }

    public static Interval Span(CorrectionView correction) => new(Instant.FromDateTimeOffset(correction.From), Instant.FromDateTimeOffset(correction.Until));

    private static Interval Span(AvailabilityOutageView outage) => new(Instant.FromDateTimeOffset(outage.Start), Instant.FromDateTimeOffset(outage.End));
}
