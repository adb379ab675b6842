using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

[GenerateSerializer, Immutable, Alias("bo.vm.pause")]
public sealed record PauseVm
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required bool Paused { get; init; }

    /// <summary>For the log: 0 to 200 characters.</summary>
    [Id(2)] public string Reason { get; init; } = "";
}
