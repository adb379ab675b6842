using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>The first person's word.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.propose-abuse")]
public sealed record ProposeAbuseTermination
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>What the abuse is; 1 to 500 characters.</summary>
    [Id(1)] public required string Reason { get; init; }
}
