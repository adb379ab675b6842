namespace BackupOnline.Grains.Hosts;

/// <summary>A virtual machine that lives on a host.</summary>
internal sealed record AdoptedVm(string Vm, string MachineId);
