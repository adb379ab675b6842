namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What crossed one node's sockets for one tenant in one slot so far: cumulative within (node, boot, slot), so that the larger report is the newer one (design decision 9).</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.slot")]
public readonly record struct SlotTraffic
{
    /// <summary>Number of the 5-minute slot: floor(unix seconds / 300).</summary>
    [Id(0)] public required long Slot { get; init; }

    /// <summary>Bytes that the node received, below TLS.</summary>
    [Id(1)] public required long InBytes { get; init; }

    /// <summary>Bytes that the node sent, below TLS.</summary>
    [Id(2)] public required long OutBytes { get; init; }
}
