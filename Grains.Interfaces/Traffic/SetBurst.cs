using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>Sets a tenant's burst, or gives it back to the policy.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.set-burst")]
public sealed record SetBurst
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>From the limit to 100 000 000 kbit/s; null gives it back to the policy.</summary>
    [Id(1)] public long? BurstKbps { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [Id(2)] public required string Reason { get; init; }
}
