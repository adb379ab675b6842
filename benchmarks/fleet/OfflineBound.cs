namespace BackupOnline.Fleet;

/// <summary>
/// With hindsight: could the tenant have kept the month within the limit while every work ended in time? Only with at most floor(n/20) slots above the limit. Exact for one tenant
/// (a fluid schedule exists if and only if every interval holds the work that must lie in it), and generous: no other tenant is on the link, a quiet slot holds the whole limit,
/// and what a window can carry outside the month it carries there at the full burst. So what this calls unavoidable is, and some of what it calls avoidable is not.
/// </summary>
public static class OfflineBound
{
    private const long Quiet = 187_500_000;
    private const long Burst = 3_750_000_000;

    /// <summary>Whether the month's received direction can conform, and its sent direction does although restores go at once.</summary>
    public static bool IsAvoidable(FleetModel model, TenantDemand demand, Variant variant, MonthWindow month)
    {
        var restored = demand.Works.Where(work => work.Kind == WorkKind.Restore)
            .Select(work => (From: TenantRun.Release(model, demand, variant, work), work.Bytes))
            .Sum(work => Math.Max(0, Math.Min(work.From + (work.Bytes / Burst), month.To) - Math.Max(work.From, month.From)));
        return restored <= month.Free && BurstSlots(Windows(model, demand, variant, month), month) <= month.Free;
    }

    /// <summary>The fewest slots above the limit, or <see cref="int.MaxValue"/> when even all of them would not do.</summary>
    public static int BurstSlots(IReadOnlyList<(long From, long To, long Bytes)> windows, MonthWindow month)
    {
        var burst = new bool[month.To - month.From];
        var count = 0;
        foreach (var to in windows.Select(window => window.To).Distinct().Order())
        {
            foreach (var from in windows.Select(window => window.From).Where(from => from < to).Distinct().OrderDescending())
            {
                var bytes = windows.Where(window => window.From >= from && window.To <= to).Sum(window => window.Bytes);
                var over = bytes - ((to - from) * Quiet);
                var missing = over <= 0 ? 0 : (over + Burst - Quiet - 1) / (Burst - Quiet);
                for (var slot = from; slot < to && missing > 0; slot++) missing -= burst[slot - month.From] ? 1 : 0;
                // As late as possible: there they also serve the intervals that end later.
                for (var slot = to - 1; slot >= from && missing > 0; slot--)
                {
                    if (burst[slot - month.From]) continue;
                    burst[slot - month.From] = true;
                    (count, missing) = (count + 1, missing - 1);
                }

                if (missing > 0) return int.MaxValue;
            }
        }

        return count;
    }

    private static List<(long From, long To, long Bytes)> Windows(FleetModel model, TenantDemand demand, Variant variant, MonthWindow month)
    {
        var windows = new List<(long From, long To, long Bytes)>();
        foreach (var work in demand.Works.Where(work => work.Kind != WorkKind.Restore))
        {
            var release = TenantRun.Release(model, demand, variant, work);
            var deadline = release + (work.Kind == WorkKind.Seed ? model.SeedDays * 288 : 288);
            var (from, to) = (Math.Max(release, month.From), Math.Min(deadline, month.To));
            var bytes = work.Bytes - ((deadline - release - (to - from)) * Burst);
            if (from < to && bytes > 0) windows.Add((from, to, bytes));
        }

        return windows;
    }
}
