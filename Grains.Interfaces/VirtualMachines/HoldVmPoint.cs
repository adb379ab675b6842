using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Puts a point under legal hold, or lifts the hold.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.hold")]
public sealed record HoldVmPoint
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Snapshot { get; init; }

    [Id(2)] public required bool Held { get; init; }

    /// <summary>For the log: 1 to 200 characters.</summary>
    [Id(3)] public required string Reason { get; init; }
}
