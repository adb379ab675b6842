using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>The second person's word. To confirm, the caller must be another actor than the one who proposed.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.judge-abuse")]
public sealed record JudgeAbuseTermination
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>True ends the contract at once; false drops the proposal.</summary>
    [Id(1)] public required bool Confirmed { get; init; }

    /// <summary>1 to 500 characters.</summary>
    [Id(2)] public required string Reason { get; init; }
}
