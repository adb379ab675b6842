using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Records;

namespace BackupOnline.Grains.Traffic;

/// <summary>What an operator set for one tenant; samples and months are rows.</summary>
internal sealed class TrafficState : RememberingState
{
    /// <summary>In order of <see cref="BurstOverrideView.SetAt"/>; the last one whose time has come counts.</summary>
    public List<BurstOverrideView> Overrides { get; set; } = [];
}
