namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A place where the disk and the point differ although change tracking says nothing of it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.mismatch")]
public sealed record VmMismatch
{
    [Id(0)] public required long Offset { get; init; }

    [Id(1)] public required long Length { get; init; }
}
