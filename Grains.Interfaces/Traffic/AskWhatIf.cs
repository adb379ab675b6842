namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What would one more backup mean for the month?</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.ask-what-if")]
public sealed record AskWhatIf
{
    /// <summary>Not in the past, and in the running month.</summary>
    [Id(0)] public required DateTimeOffset StartsAt { get; init; }

    /// <summary>What it would send, 0 to 10^15.</summary>
    [Id(1)] public required long Bytes { get; init; }
}
