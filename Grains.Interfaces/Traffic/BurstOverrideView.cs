namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A burst that an operator set for one tenant, in place of what the policy gives.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.override")]
public sealed record BurstOverrideView
{
    /// <summary>Null: the policy's burst again.</summary>
    [Id(0)] public long? BurstKbps { get; init; }

    [Id(1)] public required string Reason { get; init; }

    /// <summary>At once when it gives more, else the next month's start: the contract lets only the next month's burst be lowered.</summary>
    [Id(2)] public required DateTimeOffset AppliesFrom { get; init; }

    [Id(3)] public required DateTimeOffset SetAt { get; init; }
}
