namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>The suite of all drivers, on the simulated host.</summary>
public sealed class HyperVDriverTests : HypervisorDriverSuite
{
    private protected override Task<IDriverLab> LabAsync() => HyperVDriverLab.StartAsync();
}
