namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A proposal to end the contract for abuse, which a second person has to judge.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.abuse-proposal")]
public sealed record AbuseProposalView
{
    [Id(0)] public required string ProposedBy { get; init; }

    [Id(1)] public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>From here on it can no longer be confirmed.</summary>
    [Id(2)] public required DateTimeOffset LapsesAt { get; init; }

    [Id(3)] public required string Reason { get; init; }
}
