namespace BackupOnline.Rules.Traffic;

/// <summary>The slots of a month that count: all of them by default ("sur toute la durée du mois", contract article 7).</summary>
public sealed class MeteringWindow
{
    private readonly SlotRange range;
    private readonly HashSet<long> dropped;

    private MeteringWindow(SlotRange range, HashSet<long> dropped)
    {
        this.range = range;
        this.dropped = dropped;
        Samples = (int)(Math.Max(0, range.To - range.From) - dropped.Count);
    }

    /// <summary>n of the window.</summary>
    public int Samples { get; }

    /// <summary>The month, or its part in which the tenant was active, less the gaps where the policy drops them.</summary>
    /// <param name="active">Slots in which the tenant was active, cut to the month; null for the whole month.</param>
    /// <param name="gaps">Slots in which the meter itself was down; they may overlap.</param>
    public static MeteringWindow Of(MeteringMonth month, SlotRange? active = null, MissingSamples missing = MissingSamples.Zero, IEnumerable<SlotRange>? gaps = null)
    {
        var wanted = active ?? new(month.FirstSlot, month.EndSlot);
        var range = new SlotRange(Math.Max(month.FirstSlot, wanted.From), Math.Min(month.EndSlot, wanted.To));
        var dropped = new HashSet<long>();
        foreach (var gap in missing == MissingSamples.Drop ? gaps ?? [] : [])
        {
            for (var slot = Math.Max(gap.From, range.From); slot < Math.Min(gap.To, range.To); slot++) dropped.Add(slot);
        }

        return new(range, dropped);
    }

    public bool Holds(long slot) => range.Holds(slot) && !dropped.Contains(slot);
}
