using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>What a sealed month's availability really was.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.correct")]
public sealed record CorrectAvailability
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Civil month, <c>2026-11</c>.</summary>
    [Id(1)] public required string Month { get; init; }

    /// <summary>All outages of the month for which the provider answers, not only the new ones.</summary>
    [Id(2)] public required ImmutableArray<Outage> Outages { get; init; }

    /// <summary>Why it is corrected; 1 to 500 characters.</summary>
    [Id(3)] public required string Reason { get; init; }
}
