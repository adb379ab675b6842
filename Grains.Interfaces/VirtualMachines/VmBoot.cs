namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What the boot test of a point found.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.boot")]
public sealed record VmBoot
{
    [Id(0)] public required bool Good { get; init; }

    /// <summary>Stable or for a person: why.</summary>
    [Id(1)] public required string Verdict { get; init; }

    [Id(2)] public required double Seconds { get; init; }

    /// <summary>The screen as PNG, at most 512 KiB, or null.</summary>
    [Id(3)] public byte[]? Picture { get; init; }
}
