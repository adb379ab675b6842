using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>A disk of a machine on a host.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.machine-disk")]
public sealed record MachineDisk
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required long Size { get; init; }

    [Id(2)] public required string Format { get; init; }

    [Id(3)] public required VmTracking Tracking { get; init; }
}
