namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A point that went, and why.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.tombstone")]
public sealed record VmTombstone
{
    [Id(0)] public required string Snapshot { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    [Id(2)] public required DateTimeOffset RemovedAt { get; init; }

    /// <summary>Stable: why no reason held any more.</summary>
    [Id(3)] public required string Reason { get; init; }
}
