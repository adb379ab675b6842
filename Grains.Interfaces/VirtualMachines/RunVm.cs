using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Somebody wants a backup now, whatever the plan says.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.run")]
public sealed record RunVm
{
    [Id(0)] public required Caller Caller { get; init; }
}
