using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The second half: another person agrees.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.approve-opening")]
public sealed record ApproveKeyOpening
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Opening { get; init; }

    /// <summary>When the approver's own access key was made: one that is younger than the request does not count as another person.</summary>
    [Id(2)] public required DateTimeOffset ApproverSince { get; init; }
}
