using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Records;

namespace BackupOnline.Grains.Traffic;

/// <summary>The provider's settings of traffic, and how far months are closed.</summary>
internal sealed class TrafficOfficeState : RememberingState
{
    /// <summary>In order of version, without the original one.</summary>
    public List<TrafficPolicyView> Policies { get; set; } = [];

    /// <summary>The last month that is sealed for every tenant, <c>2026-10</c>; null before the first.</summary>
    public string? LastClosed { get; set; }
}
