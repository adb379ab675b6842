namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>How the running month is expected to end in the received direction. Expected, not promised.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.expectation")]
public sealed record MonthExpectation
{
    /// <summary>Bytes per slot at the 95th percentile.</summary>
    [Id(0)] public required long P95Bytes { get; init; }

    [Id(1)] public required int CreditsUsed { get; init; }

    /// <summary>Further ones without which the expected backups would not end in time.</summary>
    [Id(2)] public required int CreditsExpected { get; init; }

    /// <summary>Negative when conformity is out of reach.</summary>
    [Id(3)] public required int CreditsLeft { get; init; }

    /// <summary>The percentile is above the limit, strictly.</summary>
    [Id(4)] public required bool Exceeded { get; init; }
}
