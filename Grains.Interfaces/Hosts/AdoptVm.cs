namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>A VirtualMachine says that it lives here.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.adopt")]
public sealed record AdoptVm
{
    [Id(0)] public required string Vm { get; init; }

    [Id(1)] public required string MachineId { get; init; }

    [Id(2)] public required string Vault { get; init; }
}
