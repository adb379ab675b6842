using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>A tenant's minutes (contract article 6, design decision 22). Whole UTC minutes, numbered floor(unix seconds / 60); no zone, no rounding.</summary>
public static class MinuteRule
{
    /// <summary>A new vault is owed from the first whole minute that begins at least this long after its creation, and a resumed tenant likewise: the probers have to learn of it.</summary>
    public static Duration Settling { get; } = Duration.FromMinutes(1);

    /// <summary>
    /// One verdict for each minute of [Start, End). A minute is down when a probe of any vault failed in it, whatever another prober saw, or when a vault that is
    /// owed has no result; the cause is ours until corrected. Minutes before the first vault, or that a suspension touches, are not counted, whatever was probed.
    /// A declared correction makes counted minutes down; any correction gives its cause to the down minutes that lie wholly in it.
    /// </summary>
    public static ImmutableArray<MinuteVerdict> Judge(MinuteQuestion question)
    {
        var first = Number(question.Start);
        var minutes = checked((int)(Number(question.End) - first));
        var owed = new int[minutes];
        var seen = new int[minutes];
        var failed = new bool[minutes];
        foreach (var vault in question.Vaults)
        {
            for (var i = Math.Max(0, FirstOwed(vault.CreatedAt) - first); i < minutes; i++) owed[i]++;
            MarkRuns(question, vault, first, seen, failed);
        }

        var verdicts = ImmutableArray.CreateBuilder<MinuteVerdict>(minutes);
        for (var i = 0; i < minutes; i++)
        {
            var kind = owed[i] == 0 ? MinuteKind.NotCounted : failed[i] ? MinuteKind.Failed : seen[i] < owed[i] ? MinuteKind.Unprobed : MinuteKind.Up;
            verdicts.Add(new(kind, OutageCause.Ours));
        }

        foreach (var correction in question.Corrections) Correct(verdicts, first, correction);
        foreach (var suspension in question.Suspensions) Excuse(verdicts, first, suspension);
        return verdicts.MoveToImmutable();
    }

    /// <summary>floor(unix seconds / 60).</summary>
    public static long Number(Instant instant) => (long)Math.Floor(instant.ToUnixTimeTicks() / (decimal)NodaConstants.TicksPerMinute);

    /// <summary>The first instant of a minute.</summary>
    public static Instant At(long number) => Instant.FromUnixTimeSeconds(checked(number * 60));

    /// <summary>True for the first instant of a minute.</summary>
    public static bool IsWhole(Instant instant) => At(Number(instant)) == instant;

    /// <summary>The first minute that begins at or after <paramref name="instant"/> plus <see cref="Settling"/>.</summary>
    public static long FirstOwed(Instant instant)
    {
        var settled = instant + Settling;
        return IsWhole(settled) ? Number(settled) : Number(settled) + 1;
    }

    // Counts each vault's minute once, however many runs tell of it, and only where it is owed.
    private static void MarkRuns(MinuteQuestion question, MinuteVault vault, long first, int[] seen, bool[] failed)
    {
        var known = new bool[seen.Length];
        var owedFrom = FirstOwed(vault.CreatedAt);
        foreach (var run in question.Runs)
        {
            if (run.Vault != vault.Name) continue;
            var end = Math.Min(seen.Length, Number(run.Until) - first);
            for (var i = Math.Max(0, Math.Max(Number(run.First), owedFrom) - first); i < end; i++)
            {
                known[i] = true;
                if (!run.Good) failed[i] = true;
            }
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (known[i]) seen[i]++;
        }
    }

    private static void Correct(ImmutableArray<MinuteVerdict>.Builder verdicts, long first, MinuteCorrection correction)
    {
        var end = Math.Min(verdicts.Count, Number(correction.Until) - first);
        for (var i = (int)Math.Max(0, Number(correction.From) - first); i < end; i++)
        {
            var verdict = verdicts[i];
            if (correction.Declared && verdict.Kind == MinuteKind.Up) verdict = new(MinuteKind.Failed, correction.Cause);
            if (verdict.IsDown) verdicts[i] = verdict with { Cause = correction.Cause };
        }
    }

    private static void Excuse(ImmutableArray<MinuteVerdict>.Builder verdicts, long first, Interval suspension)
    {
        var end = suspension.HasEnd ? Math.Min(verdicts.Count, FirstOwed(suspension.End) - first) : verdicts.Count;
        for (var i = suspension.HasStart ? Math.Max(0, Number(suspension.Start) - first) : 0; i < end; i++) verdicts[(int)i] = default;
    }
}
