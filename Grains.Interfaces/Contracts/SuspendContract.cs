using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>Suspends or resumes.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.suspend")]
public sealed record SuspendContract
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>True suspends, false resumes.</summary>
    [Id(1)] public required bool Suspended { get; init; }

    /// <summary>Goes into the tenant's log; 1 to 500 characters.</summary>
    [Id(2)] public required string Reason { get; init; }
}
