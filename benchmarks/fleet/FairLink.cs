namespace BackupOnline.Fleet;

/// <summary>Weighted max-min sharing of a link over one slot: water filling, in floating point (the product's exact rule is Rules/Traffic).</summary>
internal sealed class FairLink(long slotBytes)
{
    private readonly List<(int Flow, double Demand, double Weight)> _flows = [];

    public void Clear() => _flows.Clear();

    public void Ask(int flow, long demand, double weight) => _flows.Add((flow, demand, weight));

    /// <summary>Gives each flow its bytes, rounded down.</summary>
    public void Share(Action<int, long> give)
    {
        var total = _flows.Sum(flow => flow.Demand);
        if (total <= slotBytes)
        {
            foreach (var flow in _flows) give(flow.Flow, (long)flow.Demand);
            return;
        }

        _flows.Sort((a, b) => (a.Demand / a.Weight).CompareTo(b.Demand / b.Weight));
        double left = slotBytes;
        var weights = _flows.Sum(flow => flow.Weight);
        foreach (var (flow, demand, weight) in _flows)
        {
            var got = Math.Min(demand, left * weight / weights);
            give(flow, (long)got);
            left -= got;
            weights -= weight;
        }
    }
}
