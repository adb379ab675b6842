namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>When the driver's process ends.</summary>
public enum Death
{
    No,
    Before,
    After,
}
