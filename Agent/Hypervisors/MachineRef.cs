namespace BackupOnline.Agent.Hypervisors;

/// <summary>A machine on its host.</summary>
/// <param name="StableId">Never changes: the hypervisor's own GUID where it has one.</param>
/// <param name="Name">What people call it; may change, may be used twice.</param>
internal sealed record MachineRef(string StableId, string Name, PowerState Power);
