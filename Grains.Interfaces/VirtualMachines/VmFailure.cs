namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>Why an attempt failed, in its own words.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.failure")]
public sealed record VmFailure
{
    /// <summary>Stable, kebab-case: <c>scratch-full</c>.</summary>
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required VmFault Fault { get; init; }

    /// <summary>One sentence for a person; no secret.</summary>
    [Id(2)] public required string Text { get; init; }
}
