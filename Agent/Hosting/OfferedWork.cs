namespace BackupOnline.Agent.Hosting;

/// <summary>A job that the door offers to this host.</summary>
/// <param name="Job">Id of the job.</param>
/// <param name="Kind">vmBackup, vmRestore, vmAudit or vmBootTest; an agent leaves kinds alone that it does not know.</param>
/// <param name="Vm">The machine's name at the service.</param>
/// <param name="NotBefore">Not to be taken earlier; null: at once.</param>
internal sealed record OfferedWork(string Job, string Kind, string? Vm, string? MachineId, string? Vault, DateTimeOffset? NotBefore);
