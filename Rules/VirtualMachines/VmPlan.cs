using BackupOnline.Rules.Schedules;
using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>When a machine's daily backup begins: once on each civil day of the zone (contract article 6), at a place in the window that the schedule's id gives.</summary>
/// <param name="Schedule">The schedule's id.</param>
public sealed record VmPlan(string Schedule, LocalTime WindowStart, Duration WindowLength, DateTimeZone Zone)
{
    /// <summary>The civil day of an instant.</summary>
    public LocalDate DayOf(Instant at) => at.InZone(Zone).Date;

    /// <summary>The first instant of a civil day.</summary>
    public Instant StartOf(LocalDate day) => Zone.AtStartOfDay(day).ToInstant();

    /// <summary>The first instant after a civil day.</summary>
    public Instant EndOf(LocalDate day) => StartOf(day.PlusDays(1));

    /// <summary>The due instant of a civil day: exactly one lies in each, since a window over midnight gives each machine the same wall time every day.</summary>
    public Instant DueOf(LocalDate day) =>
        ScheduleRule.NextAfter(new ScheduleTiming.Daily(WindowStart, Zone) { Window = WindowLength }, Schedule, StartOf(day) - Duration.Epsilon)!.Value;
}
