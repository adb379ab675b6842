using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Something that a person should look at.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.incident")]
public sealed record VmIncidentView
{
    /// <summary>Stable: <c>day-at-risk</c>, <c>day-lost</c>, <c>tracking-mismatch</c>, <c>boot-failed</c>.</summary>
    [Id(0)] public required string Kind { get; init; }

    /// <summary>Stable: why.</summary>
    [Id(1)] public required string Cause { get; init; }

    [Id(2)] public required DateTimeOffset Since { get; init; }

    /// <summary>What happened.</summary>
    [Id(3)] public required BilingualText Text { get; init; }

    /// <summary>What to do.</summary>
    [Id(4)] public required BilingualText Advice { get; init; }
}
