using BackupOnline.Rules.Traffic;

namespace BackupOnline.Fleet;

/// <summary>One tenant's slots of one direction in the present month.</summary>
internal sealed class MonthMeter
{
    private long[] _slots = [];
    private int _free;
    private long _from;
    private int _boundFor = -1;
    private long _bound;

    public int Used { get; private set; }

    public int High { get; private set; }

    public int Free => _free;

    public void Begin(MonthWindow month)
    {
        _slots = new long[month.To - month.From];
        (_from, _free, Used, High, _boundFor, _bound) = (month.From, month.Free, 0, 0, -1, 0);
    }

    public void Add(long slot, long bytes, PacingPolicy policy)
    {
        if (bytes == 0) return;
        _slots[slot - _from] = bytes;
        if (bytes > policy.CapBytes) Used++;
        if (bytes > policy.HighBytes) High++;
    }

    /// <summary>The 95th percentile with all that has not happened counted as 0: the largest slot after the free ones are left out.</summary>
    public long Percentile()
    {
        var sorted = (long[])_slots.Clone();
        Array.Sort(sorted);
        return sorted[^(_free + 1)];
    }

    /// <summary>The same for planning; 0 while the month is not exceeded, looked up again after each dozen of further slots.</summary>
    public long LowerBound()
    {
        if (Used <= _free) return 0;
        if (_boundFor < 0 || Used >= _boundFor + 12) (_bound, _boundFor) = (Percentile(), Used);
        return _bound;
    }
}
