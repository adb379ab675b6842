using System.Collections.Immutable;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Hosts;

namespace BackupOnline.Client.Hosts;

internal sealed record MachinesBody : CheckedBody
{
    /// <summary>Name of the hypervisor driver: <c>qemu</c>, <c>hyperv</c>, <c>dpm</c>.</summary>
    [PlainText(1, 40)]
    public required string Driver { get; init; }

    /// <summary>What of the driver was never proven on a real hypervisor, or null.</summary>
    [PlainText(1, 500)]
    public string? Unproven { get; init; }

    public required ImmutableArray<HostMachine> Machines { get; init; }
}
