using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

[GenerateSerializer, Immutable, Alias("bo.vm.exclude")]
public sealed record ExcludeVmDisk
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Disk { get; init; }

    [Id(2)] public required bool Excluded { get; init; }
}
