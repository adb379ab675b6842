namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A civil day of Europe/Paris that is over.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.day")]
public sealed record VmDayView
{
    /// <summary><c>2026-10-25</c>.</summary>
    [Id(0)] public required string Day { get; init; }

    [Id(1)] public required VmDayStanding Standing { get; init; }

    /// <summary>Why it was lost, stable; null otherwise.</summary>
    [Id(2)] public string? Cause { get; init; }
}
