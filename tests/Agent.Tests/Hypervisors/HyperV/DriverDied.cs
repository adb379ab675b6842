namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Stands for the end of the driver's process: from here on the host refuses every call of that driver.</summary>
internal sealed class DriverDied : Exception;
