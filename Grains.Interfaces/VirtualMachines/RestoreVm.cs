using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

[GenerateSerializer, Immutable, Alias("bo.vm.restore")]
public sealed record RestoreVm
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The point to restore.</summary>
    [Id(1)] public required string Snapshot { get; init; }

    /// <summary>Name of the new machine, or of the folder of images.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>A folder on the host for image files; null makes a new machine, powered off, its network disconnected.</summary>
    [Id(3)] public string? Folder { get; init; }

    [Id(4)] public VmImageFormat Format { get; init; }
}
