namespace BackupOnline.Persistence.Traffic;

/// <summary>A correction of a sealed month.</summary>
public sealed record CorrectionRow
{
    public required string Tenant { get; init; }

    /// <summary><c>2026-11</c>.</summary>
    public required string Month { get; init; }

    /// <summary>From 1, within the month.</summary>
    public required int Number { get; init; }

    public required long P95Bytes { get; init; }

    public required short StandingNext { get; init; }

    public required long BurstNextKbps { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Digest of the operation that made it: the same operation makes it once.</summary>
    public required string Operation { get; init; }
}
