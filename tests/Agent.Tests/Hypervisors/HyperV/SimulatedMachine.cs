using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A machine of the simulator.</summary>
internal sealed class SimulatedMachine(string name)
{
    public string Id { get; } = Guid.NewGuid().ToString().ToUpperInvariant();

    public string Name { get; set; } = name;

    public int EnabledState { get; set; } = 2;

    public int Operation { get; set; }

    public string Version { get; set; } = "9.0";

    public HyperVComponents Components { get; set; } = new(new HyperVComponent(2, 2), new HyperVComponent(2, 2));

    public List<SimulatedDisk> Disks { get; } = [];

    /// <summary>What a checkpoint cannot hold.</summary>
    public List<HyperVStorage> Others { get; } = [];

    public List<SimulatedSnapshot> Snapshots { get; } = [];

    public List<SimulatedReferencePoint> Points { get; } = [];

    /// <summary>Calls for which the merge after the last checkpoint still goes on.</summary>
    public int Merging { get; set; }

    public MachineRef Ref => new(Id, Name, PowerState.Running);
}
