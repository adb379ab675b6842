using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>A recovery point as front ends see it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vm.point-view")]
public sealed record VmPointView
{
    [Id(0)] public required VmPoint Point { get; init; }

    [Id(1)] public required VmPointState State { get; init; }

    [Id(2)] public required bool OnLegalHold { get; init; }

    /// <summary>Why it is kept, stable words in the order of the rule.</summary>
    [Id(3)] public required ImmutableArray<string> KeptFor { get; init; }

    /// <summary>The civil day of Europe/Paris that it covers.</summary>
    [Id(4)] public required string Day { get; init; }

    /// <summary>The job that made it.</summary>
    [Id(5)] public required string Job { get; init; }

    /// <summary>True for one that somebody asked for besides the day's own.</summary>
    [Id(6)] public required bool Extra { get; init; }

    [Id(7)] public VmPointBootView? Boot { get; init; }
}
