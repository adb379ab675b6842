using System.Collections.Immutable;

namespace BackupOnline.Rules.Traffic;

/// <summary>
/// Weighted max-min sharing with demand caps (water filling): nobody gets more than it asks for, what it leaves flows to the others, and of those who get less
/// than they ask each has the same rate per weight.
/// </summary>
public static class FairShareRule
{
    /// <summary>Rates in the order of the flows, exact, in the capacity's unit. Their sum is the smaller of the capacity and all demands.</summary>
    /// <param name="capacity">0 or more.</param>
    public static ImmutableArray<Fraction> Divide(Fraction capacity, IReadOnlyList<ShareFlow> flows)
    {
        Require(capacity >= 0 && flows.All(flow => flow.Weight > 0 && flow.Demand >= 0));
        var rates = new Fraction[flows.Count];
        var (left, weights) = (capacity, flows.Aggregate(Fraction.Zero, (sum, flow) => sum + flow.Weight));
        foreach (var i in Enumerable.Range(0, flows.Count).OrderBy(i => flows[i].Demand / flows[i].Weight))
        {
            var part = left * flows[i].Weight / weights;
            rates[i] = flows[i].Demand < part ? flows[i].Demand : part;
            left -= rates[i];
            weights -= flows[i].Weight;
        }

        return [.. rates];
    }

    /// <summary>As <see cref="Divide(Fraction, IReadOnlyList{ShareFlow})"/>, each rate rounded down to a whole unit: fast enough for every second and thousands of flows.</summary>
    public static ImmutableArray<long> Divide(long capacity, IReadOnlyList<WholeFlow> flows)
    {
        Require(capacity >= 0 && flows.All(flow => flow is { Weight: > 0, Demand: >= 0 }));
        var rates = new long[flows.Count];
        var order = Enumerable.Range(0, flows.Count).Order(Comparer<int>.Create((left, right) =>
            ((Int128)flows[left].Demand * flows[right].Weight).CompareTo((Int128)flows[right].Demand * flows[left].Weight)));
        Int128 remaining = capacity, weights = flows.Sum(flow => (long)flow.Weight);
        foreach (var i in order)
        {
            // Once a flow gets less than it asks, all that follow do, and the level per weight stays.
            var whole = flows[i].Demand * weights <= remaining * flows[i].Weight;
            rates[i] = whole ? flows[i].Demand : (long)(remaining * flows[i].Weight / weights);
            if (!whole) continue;
            remaining -= flows[i].Demand;
            weights -= flows[i].Weight;
        }

        return [.. rates];
    }

    private static void Require(bool holds)
    {
        if (!holds) throw new ArgumentException("Capacity and demands are 0 or more, weights above 0.");
    }
}
