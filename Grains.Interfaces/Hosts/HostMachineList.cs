using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>What a host had when it told last.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.machines")]
public sealed record HostMachineList
{
    [Id(0)] public required string Driver { get; init; }

    [Id(1)] public string? Unproven { get; init; }

    [Id(2)] public required ImmutableArray<HostMachine> Machines { get; init; }

    /// <summary>Null when it never told.</summary>
    [Id(3)] public DateTimeOffset? ReportedAt { get; init; }
}
