using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.Retention;
using NodaTime;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>The state as others see it.</summary>
internal sealed partial class VirtualMachineState
{
    private const int FreezeDeadlineMilliseconds = 5_000;
    private const long ScratchBudgetBytes = 10L << 30;

    /// <summary>When the state was last changed: a listing shows that moment.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    public VmView ToView(long version, DateTimeOffset now) => new()
    {
        Tenant = Tenant,
        Name = Name,
        Host = Host,
        MachineId = MachineId,
        Vault = Vault,
        WindowStart = WindowStart,
        WindowLength = WindowLength,
        Wanted = Wanted,
        AllowFallback = AllowFallback,
        ExcludedDisks = [.. ExcludedDisks],
        Paused = Paused,
        CreatedAt = CreatedAt,
        Today = new() { Day = Paris.DayText(now), Standing = StandingAt(now), Job = Run?.Job, Failures = Run?.Failures ?? 0, LookAt = LookAt },
        LastPoint = Points.Count > 0 ? Points[^1].ToView() : null,
        Points = Points.Count,
        GoodDaysCovered = Retention(now).GoodDaysCovered,
        ReadWhole = ReadWhole.ToImmutableDictionary(),
        Incidents = [.. Incidents.Select(VmWords.ToView)],
        OtherJobs = [.. Work.Select(work => work.Job)],
        Version = version,
    };

    public SlidingPlan Retention(DateTimeOffset now) =>
        SlidingRule.Plan([.. Points.Select(point => point.ToRule())], Paris.Zone, Instant.FromDateTimeOffset(now), SlidingPolicy.Default);

    /// <summary>What attempts of the open jobs are to do.</summary>
    public Dictionary<string, VmOrder> ToOrders()
    {
        var orders = Work.ToDictionary(work => work.Job, work => Order(work.Kind, work.Until) with { Snapshot = work.Snapshot, Disk = work.Disk, Restore = work.Restore });
        if (Run is { } run) orders[run.Job] = Order(JobKind.VmBackup, run.Until);
        return orders;
    }

    public override ListingRow ToListing(long version) =>
        new() { Kind = ListingKind.Vm, Scope = Tenant, Name = Name, View = ListingJson.Write(ToView(version, ChangedAt)) };

    private VmOrder Order(JobKind kind, DateTimeOffset until) => new()
    {
        Kind = kind,
        Vm = Name,
        MachineId = MachineId,
        Vault = Vault,
        ExcludedDisks = [.. ExcludedDisks],
        ReadWhole = ReadWhole.ToImmutableDictionary(),
        Wanted = Wanted,
        AllowFallback = AllowFallback,
        FreezeDeadlineMilliseconds = FreezeDeadlineMilliseconds,
        ScratchBudgetBytes = ScratchBudgetBytes,
        Deadline = until,
    };

    private VmTodayStanding StandingAt(DateTimeOffset now)
    {
        var today = Paris.DayText(now);
        if (Run is { } run) return run.Status == JobStatus.Running ? VmTodayStanding.Running : VmTodayStanding.Queued;
        if (Paused) return VmTodayStanding.Paused;
        if (Points.Exists(point => point.IsGood && point.Day == today)) return VmTodayStanding.Covered;
        return Closed ? VmTodayStanding.Closed : GivenUp == today ? VmTodayStanding.GivenUp : VmTodayStanding.Waiting;
    }
}
