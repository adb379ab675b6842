using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>The newest first.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.points")]
public sealed record VmPointList
{
    [Id(0)] public required ImmutableArray<VmPointView> Items { get; init; }
}
