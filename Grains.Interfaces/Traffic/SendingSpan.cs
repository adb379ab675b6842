namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A time with one rate.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.span")]
public sealed record SendingSpan
{
    /// <summary>Inclusive; the start of a slot, or now.</summary>
    [Id(0)] public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive; the start of a slot.</summary>
    [Id(1)] public required DateTimeOffset To { get; init; }

    /// <summary><c>quiet</c>, <c>burst</c> or <c>raised</c>.</summary>
    [Id(2)] public required string Kind { get; init; }

    /// <summary>The run's own part when the tenant has several under way.</summary>
    [Id(3)] public required long BitsPerSecond { get; init; }
}
