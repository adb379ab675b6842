namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Msvm_VirtualSystemSettingData of a machine.</summary>
/// <param name="Id">InstanceID.</param>
/// <param name="Version">Of the configuration: 6.2 or later has recovery checkpoints and change tracking.</param>
internal sealed record HyperVSettings(string Id, string Version);
