namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>The integration services that a backup needs ("VM Additions"); null: the machine has none.</summary>
internal sealed record HyperVComponents(HyperVComponent? Backup, HyperVComponent? Heartbeat);
