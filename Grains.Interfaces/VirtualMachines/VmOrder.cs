using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What an attempt is to do; current at the moment of asking.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.order")]
public sealed record VmOrder
{
    [Id(0)] public required Jobs.JobKind Kind { get; init; }

    [Id(1)] public required string Vm { get; init; }

    [Id(2)] public required string MachineId { get; init; }

    [Id(3)] public required string Vault { get; init; }

    [Id(4)] public ImmutableArray<string> ExcludedDisks { get; init; } = [];

    /// <summary>Disks to read whole, each with its reason.</summary>
    [Id(5)] public ImmutableDictionary<string, string> ReadWhole { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Id(6)] public required VmConsistency Wanted { get; init; }

    [Id(7)] public required bool AllowFallback { get; init; }

    [Id(8)] public required int FreezeDeadlineMilliseconds { get; init; }

    [Id(9)] public required long ScratchBudgetBytes { get; init; }

    /// <summary>No attempt begins from here on.</summary>
    [Id(10)] public required DateTimeOffset Deadline { get; init; }

    /// <summary>The point to restore, audit or boot.</summary>
    [Id(11)] public string? Snapshot { get; init; }

    /// <summary>The disk to audit, or null for one that the agent chooses.</summary>
    [Id(12)] public string? Disk { get; init; }

    [Id(13)] public VmRestoreOrder? Restore { get; init; }
}
