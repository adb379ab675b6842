using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What the audit of a disk's change tracking found.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.audit")]
public sealed record VmAudit
{
    [Id(0)] public required string Disk { get; init; }

    [Id(1)] public required long Extents { get; init; }

    [Id(2)] public required long Bytes { get; init; }

    [Id(3)] public ImmutableArray<VmMismatch> Mismatches { get; init; } = [];
}
