using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.StorageNode.Metering;

/// <summary>One tenant's cumulative counters of this process. What was not acknowledged is kept; of what was, a day.</summary>
internal sealed class SlotLedger
{
    /// <summary>Two weeks of slots without any acknowledgement; then the oldest is given up, in the customer's favour.</summary>
    public const int MostSlots = 4032;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<SlotStamp, Count> _counts = [];

    /// <summary>Slots that were given up because nobody took them for two weeks.</summary>
    public int GivenUp { get; private set; }

    public void Add(SlotStamp at, long inBytes, long outBytes)
    {
        lock (_lock)
        {
            var count = At(at);
            count.In += inBytes;
            count.Out += outBytes;
            if (_counts.Count <= MostSlots)
                return;

            _counts.Remove(_counts.Keys.First());
            GivenUp++;
        }
    }

    /// <summary>
    /// What is to be told, oldest life first, and from now on counts as told. Slots that are still to come by the present clock are not: a clock that was wrong made them. If they were
    /// never taken by anybody their bytes go to the present slot.
    /// </summary>
    public IReadOnlyList<(int Life, ImmutableArray<SlotTraffic> Slots)> Tell(SlotStamp now)
    {
        lock (_lock)
        {
            Redate(now);
            foreach (var old in _counts.Where(pair => pair.Value.IsTaken && (pair.Key.Life < now.Life || pair.Key.Slot < now.Slot - SlotClock.KeptSlots)).Select(pair => pair.Key).ToList())
                _counts.Remove(old);

            var due = _counts.Where(pair => !pair.Value.IsTaken && pair.Key.Slot <= now.Slot + 1).ToList();
            foreach (var (_, count) in due)
                count.MayBeKnown = true;

            return
            [
                .. from pair in due
                   group pair by pair.Key.Life into life
                   select (life.Key, life.Select(pair => new SlotTraffic { Slot = pair.Key.Slot, InBytes = pair.Value.In, OutBytes = pair.Value.Out }).ToImmutableArray()),
            ];
        }
    }

    public void Taken(int life, IEnumerable<SlotTraffic> slots)
    {
        lock (_lock)
        {
            foreach (var slot in slots)
            {
                if (_counts.TryGetValue(new(life, slot.Slot), out var count))
                    (count.TakenIn, count.TakenOut) = (Math.Max(count.TakenIn, slot.InBytes), Math.Max(count.TakenOut, slot.OutBytes));
            }
        }
    }

    /// <summary>These were refused in so many words: nobody has stored them.</summary>
    public void Refused(int life, IEnumerable<SlotTraffic> slots)
    {
        lock (_lock)
        {
            foreach (var slot in slots)
            {
                if (_counts.TryGetValue(new(life, slot.Slot), out var count) && count is { TakenIn: 0, TakenOut: 0 })
                    count.MayBeKnown = false;
            }
        }
    }

    /// <summary>True when everything was taken and is older than what is kept.</summary>
    public bool IsSpent(SlotStamp now)
    {
        lock (_lock)
            return _counts.All(pair => pair.Value.IsTaken && (pair.Key.Life < now.Life || pair.Key.Slot < now.Slot - SlotClock.KeptSlots));
    }

    private void Redate(SlotStamp now)
    {
        foreach (var (stamp, early) in _counts.Where(pair => pair.Key.Slot > now.Slot + 1 && !pair.Value.MayBeKnown).ToList())
        {
            _counts.Remove(stamp);
            var count = At(now);
            count.In += early.In;
            count.Out += early.Out;
        }
    }

    private Count At(SlotStamp at) => _counts.TryGetValue(at, out var count) ? count : _counts[at] = new();

    private sealed class Count
    {
        public long In, Out, TakenIn, TakenOut;

        /// <summary>It was sent to the grain, and no answer says that it was not stored.</summary>
        public bool MayBeKnown;

        public bool IsTaken => In == TakenIn && Out == TakenOut;
    }
}
