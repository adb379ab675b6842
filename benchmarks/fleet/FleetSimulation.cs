using BackupOnline.Rules.Traffic;

namespace BackupOnline.Fleet;

/// <summary>Lives through the months of one variant, slot by slot.</summary>
public static class FleetSimulation
{
    public static FleetResult Run(FleetModel model, IReadOnlyList<TenantDemand> fleet, Variant variant)
    {
        var policy = PacingPolicy.Default;
        var tenants = fleet.Select(demand => new TenantRun(model, demand, variant)).ToList();
        var results = new List<MonthResult>();
        var link = new FairLink(model.LinkBitsPerSecond * 300 / 8);
        var stuck = 0;
        var month = MonthWindow.Of(model, model.FirstMonth.PlusMonths(-1));
        for (; month.Month.CompareTo(model.FirstMonth.PlusMonths(model.Months)) < 0; month = MonthWindow.Of(model, month.Month.PlusMonths(1)))
        {
            foreach (var tenant in tenants) tenant.BeginMonth(month);
            for (var slot = month.From; slot < month.To; slot++)
            {
                foreach (var tenant in tenants) tenant.Begin(slot, month);
                stuck += Move(tenants, slot, true, month, link, policy);
                stuck += Move(tenants, slot, false, month, link, policy);
            }

            Close(tenants, month, model, variant, results);
        }

        var end = month.From;
        var open = tenants.Sum(tenant => tenant.Running.Count(work => work.Work.Kind == WorkKind.Daily && work.Deadline <= end));
        return new FleetResult(variant, results, tenants.Sum(t => t.OnTime), tenants.Sum(t => t.Late) + open, stuck);
    }

    private static int Move(List<TenantRun> tenants, long slot, bool received, MonthWindow month, FairLink link, PacingPolicy policy)
    {
        var stuck = 0;
        link.Clear();
        for (var number = 0; number < tenants.Count; number++)
        {
            var tenant = tenants[number];
            if (!tenant.HasWork(received)) continue;
            var wish = tenant.Wish(slot, received, month, policy);
            // A plan that allowed nothing would block: it is counted, and must not happen.
            if (wish == 0) stuck++;
            else link.Ask(number, wish, tenant.Weight(received));
        }

        link.Share((number, bytes) =>
        {
            if (bytes == 0) stuck++;
            tenants[number].Move(slot, received, bytes, policy);
        });
        return stuck;
    }

    private static void Close(List<TenantRun> tenants, MonthWindow month, FleetModel model, Variant variant, List<MonthResult> results)
    {
        foreach (var tenant in tenants)
        {
            var percentile = Math.Max(tenant.In.Percentile(), tenant.Out.Percentile());
            if (month.Month.CompareTo(model.FirstMonth) >= 0) results.Add(new MonthResult(tenant.Name, month.Month, percentile));
            if (variant.Way == Way.LiteralLadder) tenant.BurstKbps = LiteralLadderRule.Next(tenant.BurstKbps, (percentile + 37_499) / 37_500, TrafficPolicy.Default.LadderFloorKbps, TrafficPolicy.Default).NextBurstKbps;
        }
    }
}
