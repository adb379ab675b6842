namespace BackupOnline.Persistence.Traffic;

/// <summary>A tenant's sealed month. Bytes per slot for the percentiles, bytes for the totals.</summary>
public sealed record SealedMonthRow
{
    public required string Tenant { get; init; }

    /// <summary><c>2026-11</c>, of the metering zone.</summary>
    public required string Month { get; init; }

    public required int PolicyVersion { get; init; }

    public required long P95InBytes { get; init; }

    public required long P95OutBytes { get; init; }

    /// <summary>The one that counts.</summary>
    public required long P95Bytes { get; init; }

    public required bool Exceeded { get; init; }

    public required long TotalInBytes { get; init; }

    public required long TotalOutBytes { get; init; }

    /// <summary>What the next month's burst goes by.</summary>
    public required long VolumeBytes { get; init; }

    /// <summary>The rules' number of the next month's standing.</summary>
    public required short StandingNext { get; init; }

    public required long BurstNextKbps { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>What was sealed, as text whose bytes never change.</summary>
    public required string Document { get; init; }

    /// <summary>SHA-256 of the document's UTF-8, 64 lowercase hexadecimal digits.</summary>
    public required string Hash { get; init; }
}
