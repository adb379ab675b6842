using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>What a month's availability was, once the month is over in the contract's zone.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.seal")]
public sealed record SealAvailability
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Civil month, <c>2026-11</c>.</summary>
    [Id(1)] public required string Month { get; init; }

    /// <summary>Outages for which the provider answers; what overlaps counts once, what lies outside the month or the contract does not count.</summary>
    [Id(2)] public required ImmutableArray<Outage> Outages { get; init; }
}
