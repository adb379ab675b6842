using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>The settled days and the points that went, the newest first.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.days")]
public sealed record VmDayList
{
    [Id(0)] public required ImmutableArray<VmDayView> Days { get; init; }

    [Id(1)] public required ImmutableArray<VmTombstone> Removed { get; init; }
}
