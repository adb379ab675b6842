namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>Work that is offered to a host.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.work")]
public sealed record WorkOffer
{
    [Id(0)] public required string Job { get; init; }

    [Id(1)] public required Jobs.JobKind Kind { get; init; }

    [Id(2)] public required string Vm { get; init; }

    [Id(3)] public required string MachineId { get; init; }

    [Id(4)] public required string Vault { get; init; }

    /// <summary>Not to be taken before; null when it may be taken at once.</summary>
    [Id(5)] public DateTimeOffset? NotBefore { get; init; }
}
