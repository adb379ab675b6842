using System.Collections.Immutable;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>One tenant in one variant: its queue, its meters, and what the product knows of it.</summary>
internal sealed class TenantRun(FleetModel model, TenantDemand demand, Variant variant)
{
    private readonly int _offset = Offset(demand, variant);
    private readonly List<DayVolume> _history = [];
    private readonly List<(Work Work, long Release)> _coming = Coming(model, demand, variant);
    private int _next;
    private ImmutableArray<PacingDay> _later = [];
    private long _dayStart;
    private long _dayBytes;
    private int _dayUsed;

    public string Name => demand.Name;

    public MonthMeter In { get; } = new();

    public MonthMeter Out { get; } = new();

    public List<RunningWork> Running { get; } = [];

    public long BurstKbps { get; set; } = 100_000;

    public int OnTime { get; private set; }

    public int Late { get; private set; }

    /// <summary>The slot at which a work of this tenant begins in this variant.</summary>
    public static long Release(FleetModel model, TenantDemand demand, Variant variant, Work work)
    {
        return model.SlotOf(work.Day, new LocalTime(20, 0)) + Offset(demand, variant) + work.Clock;
    }

    // Slots after 20:00: over 20 hours by the product's own rule, or 22:00.
    private static int Offset(TenantDemand demand, Variant variant) =>
        variant.Spread ? (int)(Rules.Schedules.Spread.Offset(demand.Name, Duration.FromHours(20)).TotalSeconds / 300) : 24;

    public void Begin(long slot, MonthWindow month)
    {
        while (_next < _coming.Count && _coming[_next].Release <= slot)
        {
            var (work, release) = _coming[_next++];
            if (work.Kind == WorkKind.Daily) BeginDay(work.Day, slot, month);
            long? forecast = work.Kind == WorkKind.Daily ? Expect(work.Day, work.Day) : null;
            var deadline = work.Kind == WorkKind.Seed ? release + (model.SeedDays * 288) : release + 288;
            Running.Add(new RunningWork(work, release, deadline, forecast));
            Running.Sort((a, b) => a.Deadline.CompareTo(b.Deadline));
        }
    }

    public bool HasWork(bool received)
    {
        foreach (var work in Running)
        {
            if (Received(work) == received) return true;
        }

        return false;
    }

    /// <summary>What it wants to move in this slot.</summary>
    public long Wish(long slot, bool received, MonthWindow month, PacingPolicy policy)
    {
        long left = 0;
        foreach (var work in Running)
        {
            if (Received(work) == received) left += work.Left;
        }

        return variant.Way switch
        {
            Way.HardLimit => Math.Min(left, policy.CapBytes),
            Way.LiteralLadder => Math.Min(left, BurstKbps * 37_500),
            Way.Paced when received => Math.Min(left, Plan(slot, month, policy)),
            _ => Math.Min(left, policy.BurstBytes),
        };
    }

    public double Weight(bool received)
    {
        double weight = 0;
        foreach (var work in Running)
        {
            if (Received(work) == received) weight = Math.Max(weight, work.Weight);
        }

        return weight;
    }

    /// <summary>Moves the bytes: nine tenths for the work that is due first while it lasts, as <see cref="PacingRule.PartOf"/>.</summary>
    public void Move(long slot, bool received, long bytes, PacingPolicy policy)
    {
        var meter = received ? In : Out;
        var before = meter.Used;
        meter.Add(slot, bytes, policy);
        if (received)
        {
            _dayBytes += bytes;
            _dayUsed += meter.Used - before;
        }

        var works = Running.Where(work => Received(work) == received).ToList();
        var whole = bytes;
        for (var place = 0; place < works.Count; place++)
        {
            var sent = Math.Min(Math.Min(bytes, works[place].Left), PacingRule.PartOf(whole, place, works.Count));
            works[place].Sent += sent;
            bytes -= sent;
        }

        foreach (var work in works)
        {
            var sent = Math.Min(bytes, work.Left);
            work.Sent += sent;
            bytes -= sent;
            if (work.Left == 0) End(work, slot);
        }
    }

    private static bool Received(RunningWork work) => work.Work.Kind != WorkKind.Restore;

    private static List<(Work Work, long Release)> Coming(FleetModel model, TenantDemand demand, Variant variant) =>
        [.. demand.Works.Select(work => (work, Release(model, demand, variant, work))).OrderBy(entry => entry.Item2)];

    private void End(RunningWork work, long slot)
    {
        Running.Remove(work);
        if (work.Work.Kind != WorkKind.Daily) return;
        _history.Add(new DayVolume(work.Work.Day, work.Work.Bytes));
        if (_history.Count > 64) _history.RemoveRange(0, 32);
        if (work.Work.Day < model.FirstMonth.OnDayOfMonth(1)) return;
        if (slot + 1 <= work.Deadline) OnTime++;
        else Late++;
    }

    private void BeginDay(LocalDate day, long slot, MonthWindow month)
    {
        (_dayStart, _dayBytes, _dayUsed) = (slot, 0, 0);
        LookAhead(day, month);
    }

    private void LookAhead(LocalDate today, MonthWindow month)
    {
        if (variant.Way != Way.Paced) return;
        var days = ImmutableArray.CreateBuilder<PacingDay>();
        for (var day = today; ; day = day.PlusDays(1))
        {
            var release = model.SlotOf(day, new LocalTime(20, 0)) + _offset;
            if (release >= month.To) break;
            if (release <= _dayStart) continue;
            days.Add(new PacingDay(Expect(today, day), release));
        }

        _later = days.ToImmutable();
    }

    public void BeginMonth(MonthWindow month)
    {
        In.Begin(month);
        Out.Begin(month);
        _dayUsed = 0;
        _dayBytes = 0;
        // The day whose window runs over the edge began yesterday.
        LookAhead(month.Month.OnDayOfMonth(1).PlusDays(-1), month);
    }

    // Without a history: a twentieth of the source, as the product.
    private long Expect(LocalDate today, LocalDate day) => PacingForecast.Expect(_history, today, day, PacingPolicy.Default) ?? demand.SourceBytes / 20;

    private long Plan(long slot, MonthWindow month, PacingPolicy policy)
    {
        var situation = new PacingSituation
        {
            MonthEndSlot = month.To,
            FreeSlots = In.Free,
            UsedSlots = In.Used,
            HighSlots = In.High,
            LowerBoundBytes = In.LowerBound(),
            NextFreeSlots = month.Free,
            DayUsedSlots = _dayUsed,
            DayBytes = _dayBytes,
            Jobs = [.. Running.Where(Received).Select(work => new PacingJob(PacingEstimate.BytesLeft(work.Forecast, work.Sent, work.Done, work.Work.Announced), work.Deadline))],
            LaterDays = _later,
        };
        var plan = PacingRule.Plan(situation, TrafficSlot.Start(slot), policy);
        // An estimate may be over before the work is: it goes on quietly.
        return plan.Reason == PacingReason.NothingToSend ? policy.QuietBytes : plan.At(slot).SlotBytes;
    }
}
