using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Tests.Traffic;

/// <summary>A tenant with traffic, and the calendar that its months go by.</summary>
internal sealed class TrafficWorld(GrainCluster cluster)
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public World World { get; } = new(cluster);

    public string Tenant => World.Tenant;

    public ITrafficGrain Grain => cluster.Grains.Get(new TrafficKey(Tenant));

    public Instant Now => Instant.FromDateTimeOffset(cluster.Clock.GetUtcNow());

    /// <summary>The month that runs.</summary>
    public MeteringMonth Month => MeteringMonth.At(Now, Paris);

    public static string Text(MeteringMonth month) => month.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public async Task<TrafficWorld> StartAsync()
    {
        await World.WithTenantAsync();
        return this;
    }

    /// <summary>Moves the clock to an instant of the next month, so far after its start.</summary>
    public MeteringMonth ToNextMonth(Duration after)
    {
        cluster.Clock.Advance((Month.End + after - Now).ToTimeSpan());
        return Month;
    }

    public Task<Reply<TrafficReceipt>> ReportAsync(params SlotTraffic[] slots) => ReportAsync("n1", "a", slots);

    public Task<Reply<TrafficReceipt>> ReportAsync(string node, string boot, params SlotTraffic[] slots) =>
        Grain.ReportAsync(new() { Node = node, Boot = boot, Slots = [.. slots] }, default);

    public Task<TrafficMonthView> ReadAsync(MeteringMonth month) => World.Must(Grain.MonthAsync(Text(month), default));

    public Task<FiringOutcome> SealAsync(MeteringMonth month) => cluster.Grains.GetGrain<IScheduledGrain>(new TrafficKey(Tenant).ToString(), "BackupOnline.Grains.Traffic.TrafficGrain")
        .FireAsync(new() { Schedule = "test", Kind = "traffic.seal", DueAt = (month.End + Duration.FromHours(48)).ToDateTimeOffset(), Attempt = 1 }, default);

    public static SlotTraffic Slot(long slot, long inBytes, long outBytes = 0) => new() { Slot = slot, InBytes = inBytes, OutBytes = outBytes };

    /// <summary>So many slots from the month's start.</summary>
    public static SlotTraffic[] Slots(MeteringMonth month, int count, long inBytes, long outBytes = 0) =>
        [.. Enumerable.Range(0, count).Select(i => Slot(month.FirstSlot + i, inBytes, outBytes))];
}
