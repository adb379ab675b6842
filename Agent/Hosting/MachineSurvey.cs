using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;

namespace BackupOnline.Agent.Hosting;

/// <summary>Looks at every machine of the host; one that cannot be looked at is told as such and hides no other.</summary>
internal static class MachineSurvey
{
    public static async Task<MachineReport> TakeAsync(IHypervisorDriver driver, CancellationToken cancellation)
    {
        var machines = new List<MachinePart>();
        foreach (var machine in await driver.DiscoverAsync(cancellation))
            machines.Add(PartOf(machine, await PreflightAsync(driver, machine, cancellation)));
        return new MachineReport(driver.Capabilities.Name, driver.Capabilities.Unproven, machines);
    }

    private static async Task<PreflightReport> PreflightAsync(IHypervisorDriver driver, MachineRef machine, CancellationToken cancellation)
    {
        try
        {
            return await driver.PreflightAsync(machine, cancellation);
        }
        catch (HypervisorException failure)
        {
            return new PreflightReport { Agent = GuestAgentState.NoContact, Disks = [], Blockers = [new PreflightFinding(failure.Code, failure.Message)] };
        }
    }

    private static MachinePart PartOf(MachineRef machine, PreflightReport report) => new()
    {
        MachineId = machine.StableId,
        Name = machine.Name,
        Power = PointWords.Of(machine.Power),
        Agent = PointWords.Of(report.Agent),
        Disks = [.. report.Disks.Select(disk => new MachineDiskPart(disk.DiskId, disk.Size, disk.Format, PointWords.Of(disk.Tracking)))],
        Blockers = [.. report.Blockers.Select(finding => new FindingPart(finding.Code, finding.Text))],
        Warnings = [.. report.Warnings.Select(finding => new FindingPart(finding.Code, finding.Text))],
    };
}
