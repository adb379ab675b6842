using BackupOnline.Grains.Interfaces.Hosts;

namespace BackupOnline.Grains.Hosts;

/// <summary>What a host has. A state of its own, without facts: it may be large, and presence is written every minute.</summary>
internal sealed class HostMachinesState
{
    public string Driver { get; set; } = "";

    public string? Unproven { get; set; }

    public List<HostMachine> Machines { get; set; } = [];

    public DateTimeOffset? ReportedAt { get; set; }

    public HostMachineList ToView() => new() { Driver = Driver, Unproven = Unproven, Machines = [.. Machines], ReportedAt = ReportedAt };
}
