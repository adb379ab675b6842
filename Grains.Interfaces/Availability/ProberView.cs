namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>A prober as the desk knows it.</summary>
[GenerateSerializer, Immutable, Alias("bo.probe-desk.prober")]
public sealed record ProberView
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Of 64, in the last round.</summary>
    [Id(2)] public required int Shards { get; init; }
}
