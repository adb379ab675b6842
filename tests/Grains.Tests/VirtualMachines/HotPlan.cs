namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>How large a simulation is; everything random in it follows from the seed.</summary>
public sealed record HotPlan
{
    public required int Seed { get; init; }

    public required int Machines { get; init; }

    public required int Hosts { get; init; }

    public required int Days { get; init; }

    public required short Silos { get; init; }

    public required int Kills { get; init; }

    /// <summary>Noon in Paris, before the clocks change on 25 October 2026.</summary>
    public required DateTimeOffset Start { get; init; }

    public DateTimeOffset End => Start.AddDays(Days);
}
