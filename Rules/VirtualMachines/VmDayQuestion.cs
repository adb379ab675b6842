using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>What <see cref="VmDayRule"/> has to know.</summary>
public sealed record VmDayQuestion
{
    public required VmPlan Plan { get; init; }

    public required Instant Now { get; init; }

    public required bool IsPaused { get; init; }

    /// <summary>When the machine was taken in, or went on after a pause: a day whose due instant lies before it is not owed.</summary>
    public required Instant OwedFrom { get; init; }

    /// <summary>The last day that was settled.</summary>
    public required LocalDate SettledUntil { get; init; }

    /// <summary>The days in which a good point lies, by its consistency instant.</summary>
    public required IReadOnlySet<LocalDate> Covered { get; init; }

    public VmOpenRun? Run { get; init; }

    /// <summary>The day whose run failed for good, or null.</summary>
    public LocalDate? GivenUp { get; init; }
}
