using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>An operator says who answers for a time, and why.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.correct")]
public sealed record CorrectOutage
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>First minute, inclusive: a whole minute.</summary>
    [Id(1)] public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive, a whole minute, in the same civil month.</summary>
    [Id(2)] public required DateTimeOffset Until { get; init; }

    [Id(3)] public required OutageCause Cause { get; init; }

    /// <summary>True: these minutes were down, whatever the probes saw. False: only those that were down get the cause.</summary>
    [Id(4)] public bool Declared { get; init; }

    /// <summary>1 to 500 characters; goes into the tenant's log.</summary>
    [Id(5)] public required string Reason { get; init; }
}
