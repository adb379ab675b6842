using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A recovery point as the agent tells of it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.point")]
public sealed record VmPoint
{
    /// <summary>Id of the snapshot in the vault.</summary>
    [Id(0)] public required string Snapshot { get; init; }

    /// <summary>The round of change tracking that ended with it.</summary>
    [Id(1)] public required string Epoch { get; init; }

    /// <summary>The moment whose data it holds.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }

    [Id(3)] public required VmConsistency Consistency { get; init; }

    /// <summary>Why it is weaker than wanted, or null.</summary>
    [Id(4)] public string? FallbackReason { get; init; }

    [Id(5)] public double? FrozenMilliseconds { get; init; }

    [Id(6)] public required ImmutableArray<VmPointDisk> Disks { get; init; }

    /// <summary>Disks that are not in it, each with its reason.</summary>
    [Id(7)] public ImmutableArray<string> Skipped { get; init; } = [];

    [Id(8)] public ImmutableArray<string> Warnings { get; init; } = [];
}
