namespace BackupOnline.Persistence.Availability;

/// <summary>A vault that failed a moment ago, or that nobody has probed lately.</summary>
public sealed record TroubledVault
{
    public required string Tenant { get; init; }

    public required string Vault { get; init; }

    public required string Node { get; init; }

    /// <summary>The word of the failure; null when there is no result at all.</summary>
    public string? Outcome { get; init; }

    public string? Detail { get; init; }

    /// <summary>First minute of the failure, or the end of the last result; null when there never was one.</summary>
    public DateTimeOffset? Since { get; init; }
}
