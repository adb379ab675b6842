namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Where a restore goes.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.restore-order")]
public sealed record VmRestoreOrder
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public string? Folder { get; init; }

    [Id(2)] public required VmImageFormat Format { get; init; }
}
