namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>One probe of one vault.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.result")]
public sealed record ProbeResult
{
    [Id(0)] public required string Vault { get; init; }

    /// <summary>The whole UTC minute in which the probe began.</summary>
    [Id(1)] public required DateTimeOffset Minute { get; init; }

    [Id(2)] public required ProbeOutcome Outcome { get; init; }

    /// <summary>From the first byte sent to the last one compared, in milliseconds; 0 to 600 000.</summary>
    [Id(3)] public required int Milliseconds { get; init; }

    /// <summary>Of a failure, for the operator; at most 200 characters, no secret.</summary>
    [Id(4)] public string? Detail { get; init; }
}
