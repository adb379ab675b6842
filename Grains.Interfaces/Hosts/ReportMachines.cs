using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>What a host has.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.report-machines")]
public sealed record ReportMachines
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Name of the hypervisor driver.</summary>
    [Id(1)] public required string Driver { get; init; }

    /// <summary>What of the driver is not proven, or null.</summary>
    [Id(2)] public string? Unproven { get; init; }

    [Id(3)] public required ImmutableArray<HostMachine> Machines { get; init; }
}
