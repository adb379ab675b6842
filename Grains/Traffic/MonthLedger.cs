using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>One tenant's months as its grain knows them. The rows are the truth; what is kept here are the sums of the months that are still open.</summary>
internal sealed class MonthLedger(string tenant, TrafficSamples samples, SealedMonths sealedMonths, Corrections corrections)
{
    // How far back the chain of standings is followed where months were not sealed.
    private const int MostOpenMonths = 24;

    private readonly Dictionary<YearMonth, Dictionary<long, SlotBytes>> open = [];
    private readonly HashSet<YearMonth> closed = [];

    /// <summary>Slots with traffic of a month that is open. Kept, and kept up to date by <see cref="MergeAsync"/>, until <see cref="Forget"/>.</summary>
    public async Task<IReadOnlyDictionary<long, SlotBytes>> SlotsAsync(MeteringMonth month, CancellationToken cancellation) => await LoadAsync(month, cancellation);

    /// <summary>What is known of a month without asking; null when it was not loaded.</summary>
    public IReadOnlyDictionary<long, SlotBytes>? Known(YearMonth month) => open.GetValueOrDefault(month);

    public async Task<SealedMonthRow?> SealedAsync(YearMonth month, CancellationToken cancellation)
    {
        var row = await sealedMonths.FindAsync(tenant, month.Text(), cancellation);
        if (row is not null) MarkSealed(month);
        return row;
    }

    public async Task<bool> IsSealedAsync(YearMonth month, CancellationToken cancellation) =>
        closed.Contains(month) || (!open.ContainsKey(month) && await SealedAsync(month, cancellation) is not null);

    public Task<IReadOnlyList<CorrectionRow>> CorrectionsAsync(YearMonth month, CancellationToken cancellation) =>
        corrections.OfMonthAsync(tenant, month.Text(), cancellation);

    /// <summary>Stores a node's counters, and takes over what its slots amount to.</summary>
    public async Task MergeAsync(string node, string boot, IReadOnlyDictionary<MeteringMonth, List<SlotSum>> months, CancellationToken cancellation)
    {
        foreach (var (month, rows) in months)
        {
            var kept = await LoadAsync(month, cancellation);
            foreach (var sum in await samples.MergeAsync(tenant, node, boot, rows, cancellation)) kept[sum.Slot] = new(sum.InBytes, sum.OutBytes);
        }
    }

    /// <summary>How the tenant may burst in a month, and whether that may still change because the month before is open.</summary>
    public async Task<(BurstRegime Regime, bool Provisional)> RegimeAsync(YearMonth month, PolicyTable policies, CancellationToken cancellation, int depth = 0)
    {
        var (before, policy) = (month.PlusMonths(-1), policies.Of(month));
        if (await SealedAsync(before, cancellation) is { } row)
        {
            var next = await sealedMonths.NextOfAsync([tenant], before.Text(), cancellation);
            var (standing, burst) = next[tenant];
            var regime = RegimeRule.Of((BurstStanding)standing, burst, row.VolumeBytes, policies.MonthOf(month).Samples, policy);
            return (regime with { Reason = await ReasonAsync(row, policies, cancellation) }, false);
        }

        var measured = policies.MonthOf(before);
        var slots = await LoadAsync(measured, cancellation);
        if (depth >= MostOpenMonths || (slots.Count == 0 && await SealedAsync(before.PlusMonths(-1), cancellation) is null))
            return (RegimeRule.First(policy), false);
        var (present, _) = await RegimeAsync(before, policies, cancellation, depth + 1);
        var measure = MonthRule.Measure(MeteringWindow.Of(measured), slots, policies.Of(before));
        return (Next(present, measure.P95Bytes, measure.VolumeBytes, before, policies), true);
    }

    /// <summary>What a month of this percentile and volume gives to the next one.</summary>
    public static BurstRegime Next(BurstRegime present, long p95Bytes, long volumeBytes, YearMonth month, PolicyTable policies) => RegimeRule.Next(
        present, p95Bytes, volumeBytes, policies.MonthOf(month).Samples, policies.MonthOf(month.PlusMonths(1)).Samples, policies.Of(month), policies.Of(month.PlusMonths(1)));

    /// <summary>Lets go of months before <paramref name="month"/>.</summary>
    public void Forget(YearMonth month)
    {
        foreach (var old in open.Keys.Where(known => known < month).ToList()) open.Remove(old);
    }

    public void MarkSealed(YearMonth month)
    {
        closed.Add(month);
        open.Remove(month);
    }

    private async Task<StandingReason> ReasonAsync(SealedMonthRow row, PolicyTable policies, CancellationToken cancellation)
    {
        var month = WireMaps.ParseMonth(row.Month)!.Value;
        var corrected = await CorrectionsAsync(month, cancellation);
        var p95 = corrected.Count > 0 ? corrected[^1].P95Bytes : row.P95Bytes;
        var before = await sealedMonths.NextOfAsync([tenant], month.PlusMonths(-1).Text(), cancellation);
        var present = before.TryGetValue(tenant, out var known)
            ? new BurstRegime { Standing = (BurstStanding)known.Standing, BurstKbps = known.BurstKbps }
            : RegimeRule.First(policies.Of(month));
        return Next(present, p95, row.VolumeBytes, month, policies).Reason ?? StandingReason.Conform;
    }

    private async Task<Dictionary<long, SlotBytes>> LoadAsync(MeteringMonth month, CancellationToken cancellation)
    {
        if (open.TryGetValue(month.Month, out var known)) return known;
        var sums = await samples.SumsAsync(tenant, (int)month.FirstSlot, (int)month.EndSlot, cancellation);

        // Another call may have loaded it meanwhile, and may have merged a report into it.
        if (open.TryGetValue(month.Month, out known)) return known;
        var loaded = sums.ToDictionary(sum => (long)sum.Slot, sum => new SlotBytes(sum.InBytes, sum.OutBytes));
        open[month.Month] = loaded;
        return loaded;
    }
}
