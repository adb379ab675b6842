namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What a backup would cost if it were sent in one way.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.job-expectation")]
public sealed record JobExpectation
{
    [Id(0)] public required int Credits { get; init; }

    /// <summary>The end of the slot in which the last byte would go.</summary>
    [Id(1)] public required DateTimeOffset EndsAt { get; init; }

    [Id(2)] public required MonthExpectation Month { get; init; }
}
