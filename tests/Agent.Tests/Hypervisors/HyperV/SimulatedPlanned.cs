using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A machine that is being made.</summary>
internal sealed class SimulatedPlanned(string id)
{
    public string Id => id;

    public string Name { get; set; } = "";

    public bool IsConnected { get; set; } = true;

    public bool IsReal { get; set; }

    public List<HyperVStorage> Storage { get; } = [];
}
