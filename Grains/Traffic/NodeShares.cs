using BackupOnline.Rules.Traffic;

namespace BackupOnline.Grains.Traffic;

/// <summary>A tenant's rate, divided among the nodes that carry it (design decision 21). In memory alone: a node asks every 5 s.</summary>
internal sealed class NodeShares
{
    /// <summary>A node that has not asked for this long carries nothing any more: three missed questions.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly SortedDictionary<string, (long Demand, DateTimeOffset At)> nodes = new(StringComparer.Ordinal);

    public void Ask(string node, long demandBitsPerSecond, DateTimeOffset now)
    {
        foreach (var silent in nodes.Where(known => (now - known.Value.At).Duration() > Silence).Select(known => known.Key).ToList()) nodes.Remove(silent);
        nodes[node] = (demandBitsPerSecond, now);
    }

    /// <summary>By demand, max-min; what nobody asked for is shared in equal parts, so that the shares make up the rate and a node alone has all of it.</summary>
    public long Of(string node, long rateBitsPerSecond)
    {
        var shares = FairShareRule.Divide(rateBitsPerSecond, [.. nodes.Values.Select(known => new WholeFlow(1, known.Demand))]);
        var index = nodes.Keys.TakeWhile(name => name != node).Count();
        return shares[index] + ((rateBitsPerSecond - shares.Sum()) / nodes.Count);
    }
}
