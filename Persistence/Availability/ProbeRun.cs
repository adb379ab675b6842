namespace BackupOnline.Persistence.Availability;

/// <summary>Consecutive minutes of one vault in which one prober's probes ended alike; half-open, whole UTC minutes.</summary>
public sealed record ProbeRun
{
    public const string Good = "good";

    public required string Vault { get; init; }

    /// <summary><see cref="Good"/>, or the word of a failure.</summary>
    public required string Outcome { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    public required int SlowestMilliseconds { get; init; }

    public string? Detail { get; init; }
}
