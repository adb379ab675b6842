namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A node with traffic of the tenant asks every 5 s how fast it may go (design decision 21).</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.ask")]
public sealed record AskShare
{
    [Id(0)] public required string Node { get; init; }

    /// <summary>What the tenant's connections on this node would use without a limit, as far as it is known, in bits per second.</summary>
    [Id(1)] public required long DemandBitsPerSecond { get; init; }
}
