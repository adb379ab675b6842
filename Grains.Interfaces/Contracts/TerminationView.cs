namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>How the contract ends, or ended.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.termination")]
public sealed record TerminationView
{
    [Id(0)] public required TerminationKind Kind { get; init; }

    [Id(1)] public required DateTimeOffset AskedAt { get; init; }

    /// <summary>A pseudonymous actor.</summary>
    [Id(2)] public required string AskedBy { get; init; }

    [Id(3)] public required string Reason { get; init; }

    /// <summary>The first instant at which the contract no longer runs.</summary>
    [Id(4)] public required DateTimeOffset EndsAt { get; init; }
}
