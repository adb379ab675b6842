using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Every unmet prerequisite has its name and says what to do; asking changes nothing.</summary>
public sealed class HyperVPreflightTests : IDisposable
{
    private readonly HyperVLab _lab = new(seed: 81);

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(2, 2, "Ok", null)]
    [InlineData(2, 3, "Degraded", "backup-service-degraded")]
    [InlineData(2, 7, "Incompatible", "backup-service-incompatible")]
    [InlineData(2, 12, "NoContact", "backup-service-no-contact")]
    [InlineData(2, 13, "Lost", "backup-service-lost")]
    [InlineData(3, 2, "Absent", "backup-service-off")]
    public async Task The_state_of_the_integration_services_is_named(int enabled, int status, string state, string? code)
    {
        var machine = await _lab.Host.MachineAsync("mail", 1 << 20);
        machine.Components = new HyperVComponents(new HyperVComponent(enabled, status), new HyperVComponent(2, 2));

        var report = await _lab.Driver.PreflightAsync(machine.Ref, CancellationToken.None);

        Assert.Equal(state, report.Agent.ToString());
        Assert.Equal(code is null ? [] : [code], report.Warnings.Select(finding => finding.Code));
        Assert.Empty(report.Blockers);
    }

    [Fact]
    public async Task What_cannot_be_backed_up_is_listed()
    {
        var machine = await _lab.Host.MachineAsync("mail", 1 << 20);
        machine.Components = new HyperVComponents(null, new HyperVComponent(2, 13));
        machine.Version = "5.0";
        machine.Operation = 32768;
        machine.Others.Add(new HyperVStorage("Microsoft:x\\SCSI\\0\\8\\D", 17, "Microsoft:Hyper-V:Physical Disk Drive", null));
        machine.Others.Add(new HyperVStorage("Microsoft:x\\SCSI\\0\\9\\D", 31, "Microsoft:Hyper-V:Virtual Hard Disk", "C:\\ClusterStorage\\quorum.vhds"));
        machine.Others.Add(new HyperVStorage("Microsoft:x\\SCSI\\0\\4\\D", 31, "Microsoft:Hyper-V:Virtual Hard Disk", _lab.PathOf("missing.vhdx")));
        machine.Others.Add(new HyperVStorage("Microsoft:x\\IDE\\1\\0\\D", 31, "Microsoft:Hyper-V:Virtual CD/DVD Disk", "C:\\tools.iso"));
        await _lab.Host.CheckpointAsync(machine, HyperVSnapshot.User, "before the update");

        var report = await _lab.Driver.PreflightAsync(machine.Ref, CancellationToken.None);

        Assert.Equal(["configuration-version", "machine-busy"], report.Blockers.Select(finding => finding.Code).Order());
        Assert.Equal(["backup-service-absent", "disk-unreadable", "heartbeat-lost", "pass-through-disk", "shared-disk", "user-checkpoint"], report.Warnings.Select(finding => finding.Code).Order());
        Assert.Equal(4, report.Disks.Count);
        Assert.DoesNotContain(_lab.Host.Calls, call => call.StartsWith("Destroy", StringComparison.Ordinal) || call.StartsWith("Create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Machines_are_known_by_their_identity_and_not_by_their_name()
    {
        var first = await _lab.Host.MachineAsync("one", 1 << 20);
        var second = await _lab.Host.MachineAsync("two", 1 << 20);
        (first.Name, second.Name) = ("same", "same");

        var found = await _lab.Driver.DiscoverAsync(CancellationToken.None);

        Assert.Equal(new[] { first.Id, second.Id }.Order(), found.Select(machine => machine.StableId));
        Assert.All(found, machine => Assert.Equal(("same", PowerState.Running), (machine.Name, machine.Power)));
    }
}
