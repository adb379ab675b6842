namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A node's part of the tenant's rate, all its connections there together, each direction by itself. A node without news keeps its last share.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.share")]
public sealed record TrafficShare
{
    /// <summary>Bits per second until the end of the present slot.</summary>
    [Id(0)] public required long BitsPerSecond { get; init; }

    /// <summary>Bits per second from the start of the next slot, where that is known already.</summary>
    [Id(1)] public required long NextSlotBitsPerSecond { get; init; }
}
