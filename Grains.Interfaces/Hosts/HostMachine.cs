using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.VirtualMachines;

namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>A machine that a host has.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.machine")]
public sealed record HostMachine
{
    [Id(0)] public required string MachineId { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required VmPower Power { get; init; }

    [Id(3)] public required VmAgentState Agent { get; init; }

    [Id(4)] public ImmutableArray<MachineDisk> Disks { get; init; } = [];

    [Id(5)] public ImmutableArray<MachineFinding> Blockers { get; init; } = [];

    [Id(6)] public ImmutableArray<MachineFinding> Warnings { get; init; } = [];
}
