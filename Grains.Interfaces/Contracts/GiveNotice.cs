using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>The wish to end the contract.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.give-notice")]
public sealed record GiveNotice
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>True to leave at once, which only a protected client without a valid renewal notice may; false to leave with the present period.</summary>
    [Id(1)] public required bool AtOnce { get; init; }

    /// <summary>Why, as the customer states it; 0 to 500 characters.</summary>
    [Id(2)] public required string Reason { get; init; }
}
