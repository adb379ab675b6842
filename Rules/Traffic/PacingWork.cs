using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>The work of a situation laid out on slots: what the present slot still takes, and what is due by when after it.</summary>
internal sealed class PacingWork
{
    private const long MostBytes = 1_000_000_000_000_000;

    // Bytes due by then, and whole slots until then; ascending in both. The last entry holds a day's part of long work.
    private readonly List<(long Bytes, long Slots)> _due = [];
    private readonly List<(long BytesPerDay, long Days)> _runningOn = [];
    private readonly PacingSpan? _present;
    private readonly long _monthEnd;

    private PacingWork(PacingSituation situation, Instant now, PacingPolicy policy, bool burstsAtOnce)
    {
        var jobs = situation.Jobs.Sort((a, b) => a.DeadlineSlot.CompareTo(b.DeadlineSlot));
        foreach (var job in jobs) Check(job.BytesLeft);
        Check(situation.DayBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(situation.PresentSlotBytes);

        var slot = TrafficSlot.Of(now);
        var left = (long)Math.Floor((TrafficSlot.Start(slot + 1) - now).TotalMilliseconds);
        _monthEnd = situation.MonthEndSlot;
        Bytes = jobs.Sum(job => job.BytesLeft);
        if (left < TrafficSlot.Seconds * 1_000L || situation.PresentSlotBytes > 0) _present = Present(slot, left, situation.PresentSlotBytes, burstsAtOnce, policy);
        FirstSlot = _present is null ? slot : slot + 1;
        Bytes -= PresentBytes = Math.Min(Bytes, _present?.SlotBytes ?? 0);
        Lay(jobs, PresentBytes, policy);
        var last = _due.Count == 0 ? 0 : _due[^1].Slots;
        CreditsAfterMonthEnd = (int)Math.Clamp(FirstSlot + last - Math.Max(FirstSlot, _monthEnd), 0, situation.NextFreeSlots);
        Bytes += PresentBytes;
    }

    /// <summary>First whole slot.</summary>
    public long FirstSlot { get; }

    /// <summary>All that is left to send.</summary>
    public long Bytes { get; }

    /// <summary>What the present slot takes of it.</summary>
    public long PresentBytes { get; }

    /// <summary>What is due by the end of the next 24 hours, with a day's part of long work.</summary>
    public long DayBytes => _due.Count == 0 ? 0 : _due[^1].Bytes;

    /// <summary>Credits of the next month that this work may use.</summary>
    public int CreditsAfterMonthEnd { get; }

    /// <param name="burstsAtOnce">A present slot that has begun becomes a burst slot.</param>
    public static PacingWork Of(PacingSituation situation, Instant now, PacingPolicy policy, bool burstsAtOnce = false) => new(situation, now, policy, burstsAtOnce);

    public static void Check(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MostBytes);
    }

    /// <summary>The fewest burst slots with which every deadline is met, at most as many as there are slots.</summary>
    public int NeededCredits(PacingPolicy policy) =>
        _due.Max(due => (int)Math.Min(PacingRule.Credits(due.Bytes, due.Slots, policy), due.Slots));

    /// <summary>Slots that all of it takes at the full burst, the tail and the present slot among them.</summary>
    public long SlotsAtOnce(PacingPolicy policy) => ((Bytes - PresentBytes + policy.BurstBytes - 1) / policy.BurstBytes) + (PresentBytes > 0 ? 1 : 0);

    /// <summary>Burst slots that the bytes fill to the brim: the tail goes quietly.</summary>
    public int FullBurstSlots(PacingPolicy policy) => (int)((Bytes - PresentBytes) / policy.BurstBytes);

    /// <summary>The level of the slots after <paramref name="bursts"/> burst slots with which every deadline is met, rounded up.</summary>
    public long EvenLevel(int bursts, PacingPolicy policy) => _due.Max(due =>
    {
        var slots = Math.Max(1, due.Slots - bursts);
        return (Math.Max(0, due.Bytes - (bursts * policy.BurstBytes)) + slots - 1) / slots;
    });

    /// <summary>Bytes of work running on from today that fall on a later day (0 is tomorrow).</summary>
    public long PartOfLaterDay(int day) => _runningOn.Sum(part => day + 1 < part.Days ? part.BytesPerDay : 0);

    /// <summary>The last slot at which the needed burst slots may begin so that every deadline is met, with a quarter of them more as room for a wrong estimate; never before the first slot.</summary>
    public long LatestStart(PacingPolicy policy)
    {
        var latest = long.MaxValue;
        foreach (var (bytes, slots) in _due)
        {
            var needed = Math.Min(PacingRule.Credits(bytes, slots, policy), slots);
            if (needed > 0) latest = Math.Min(latest, FirstSlot + slots - needed - (needed / 4) - policy.SpareSlots);
        }

        return latest == long.MaxValue ? FirstSlot : Math.Max(FirstSlot, latest);
    }

    /// <summary>Slots until the first deadline that needs bursts, or until the last one.</summary>
    public long SlotsLeft => _due.Count == 0 ? 0 : _due[^1].Slots;

    /// <summary>
    /// Burst slots from <paramref name="from"/> on, at most <paramref name="thisMonth"/> of them before the month's end and the others from there on; before, in between and after them the level
    /// until everything has gone.
    /// </summary>
    public PacingPlan Fill(int bursts, long from, int thisMonth, PacingKind kind, long level, PacingPolicy policy)
    {
        var left = Bytes - PresentBytes;
        bursts = (int)Math.Min(bursts, (left + policy.BurstBytes - 1) / policy.BurstBytes);
        var edge = Math.Max(FirstSlot, _monthEnd);
        var before = (int)Math.Clamp(edge - from, 0, Math.Min(bursts, thisMonth));
        var after = bursts - before;
        var spans = ImmutableArray.CreateBuilder<PacingSpan>(6);
        if (_present is { } present) spans.Add(present);
        var at = FirstSlot;
        if (before > 0)
        {
            Add(from - at, kind, level);
            Add(before, PacingKind.Burst, policy.BurstBytes);
        }

        if (after > 0)
        {
            Add(Math.Max(edge, from) - at, kind, level);
            Add(after, PacingKind.Burst, policy.BurstBytes);
        }

        var slots = (Math.Max(0, left) + level - 1) / level;
        var last = Math.Max(FirstSlot - (_present is null ? 0 : 1), at + slots - 1);
        // One slot more than the estimate: what comes after it goes at the level too, never at the burst.
        Add(slots + 1, kind, level);
        return new PacingPlan
        {
            Reason = PacingReason.NothingToSend,
            Spans = spans.ToImmutable(),
            Credits = before,
            NeededCredits = 0,
            ReservedCredits = 0,
            LastSlot = last,
        };

        void Add(long count, PacingKind what, long bytes)
        {
            if (count == 0) return;
            spans.Add(new PacingSpan(at, at + count, what, bytes));
            at += count;
            left -= count * bytes;
        }
    }

    // A slot that has begun goes on as what it is, at most as fast as a whole one of its kind would.
    private static PacingSpan Present(long slot, long millisecondsLeft, long sent, bool burstsAtOnce, PacingPolicy policy)
    {
        var kind = burstsAtOnce || sent > policy.CapBytes ? PacingKind.Burst : PacingKind.Quiet;
        var whole = kind == PacingKind.Burst ? policy.BurstBytes : policy.QuietBytes;
        var allowed = Math.Min(Math.Max(0, whole - sent), whole * millisecondsLeft / (TrafficSlot.Seconds * 1_000L));
        return new PacingSpan(slot, slot + 1, kind, allowed);
    }

    private void Lay(ImmutableArray<PacingJob> jobs, long present, PacingPolicy policy)
    {
        long sum = 0;
        long longPart = 0;
        foreach (var job in jobs)
        {
            var taken = Math.Min(present, job.BytesLeft);
            present -= taken;
            var bytes = job.BytesLeft - taken;
            var untilDue = job.DeadlineSlot - FirstSlot;
            var slots = untilDue <= 0 ? policy.LateSlots : Math.Max(1, untilDue - policy.SpareSlots);
            if (slots <= PacingPolicy.DaySlots)
            {
                _due.Add((sum += bytes, slots));
                continue;
            }

            var perDay = ((bytes * PacingPolicy.DaySlots) + slots - 1) / slots;
            longPart += perDay;
            _runningOn.Add((perDay, (slots + PacingPolicy.DaySlots - 1) / PacingPolicy.DaySlots));
        }

        if (_runningOn.Count > 0) _due.Add((sum + longPart, PacingPolicy.DaySlots));
    }
}
