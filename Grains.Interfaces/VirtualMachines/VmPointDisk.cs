namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A disk of a recovery point.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.point-disk")]
public sealed record VmPointDisk
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required long Size { get; init; }

    [Id(2)] public required VmDiskBasis Basis { get; init; }

    /// <summary>Why it was read whole, stable; null for an incremental.</summary>
    [Id(3)] public string? Reason { get; init; }

    /// <summary>The same for a person.</summary>
    [Id(4)] public string? Detail { get; init; }

    [Id(5)] public required long BytesRead { get; init; }

    [Id(6)] public required long BytesChanged { get; init; }
}
