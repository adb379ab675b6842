using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

[GenerateSerializer, Immutable, Alias("bo.vm.create")]
public sealed record CreateVm
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The host on whose hypervisor the machine runs.</summary>
    [Id(1)] public required string Host { get; init; }

    /// <summary>The machine's stable id on its host, as the host's machines show it.</summary>
    [Id(2)] public required string MachineId { get; init; }

    /// <summary>The vault of its points: the host's own.</summary>
    [Id(3)] public required string Vault { get; init; }

    /// <summary>When the daily backup may begin at the earliest: <c>HH:mm</c> in Europe/Paris.</summary>
    [Id(4)] public required string WindowStart { get; init; }

    /// <summary>How long after <see cref="WindowStart"/> it may begin; the place in the window is given by the name. 0 to 24 hours.</summary>
    [Id(5)] public required TimeSpan WindowLength { get; init; }

    /// <summary>The consistency that points should have.</summary>
    [Id(6)] public VmConsistency Wanted { get; init; } = VmConsistency.Application;

    /// <summary>Whether a weaker point is better than none.</summary>
    [Id(7)] public bool AllowFallback { get; init; } = true;

    /// <summary>Ids of disks that are left out.</summary>
    [Id(8)] public ImmutableArray<string> ExcludedDisks { get; init; } = [];
}
