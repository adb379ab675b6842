using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>The notice is taken back.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.withdraw-notice")]
public sealed record WithdrawNotice
{
    [Id(0)] public required Caller Caller { get; init; }
}
