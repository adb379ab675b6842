using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A virtual machine as front ends see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.view")]
public sealed record VmView
{
    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required string Host { get; init; }

    [Id(3)] public required string MachineId { get; init; }

    [Id(4)] public required string Vault { get; init; }

    /// <summary><c>HH:mm</c> in Europe/Paris.</summary>
    [Id(5)] public required string WindowStart { get; init; }

    [Id(6)] public required TimeSpan WindowLength { get; init; }

    [Id(7)] public required VmConsistency Wanted { get; init; }

    [Id(8)] public required bool AllowFallback { get; init; }

    [Id(9)] public required ImmutableArray<string> ExcludedDisks { get; init; }

    [Id(10)] public required bool Paused { get; init; }

    [Id(11)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(12)] public required VmTodayView Today { get; init; }

    /// <summary>The newest point, or null.</summary>
    [Id(13)] public VmPointView? LastPoint { get; init; }

    [Id(14)] public required int Points { get; init; }

    /// <summary>How many of the last 30 complete days have a good point.</summary>
    [Id(15)] public required int GoodDaysCovered { get; init; }

    /// <summary>Disks that the next point reads whole, each with its reason.</summary>
    [Id(16)] public required ImmutableDictionary<string, string> ReadWhole { get; init; }

    [Id(17)] public required ImmutableArray<VmIncidentView> Incidents { get; init; }

    /// <summary>Jobs of audits, boot tests and restores that have not ended.</summary>
    [Id(18)] public required ImmutableArray<string> OtherJobs { get; init; }

    [Id(19)] public required long Version { get; init; }
}
