using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Audit;

[GenerateSerializer, Immutable, Alias("bo.log.fact")]
public sealed record LogFact
{
    /// <summary>Makes the note idempotent; 1 to 100 characters.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Dotted, past tense: <c>credential.refused</c>.</summary>
    [Id(1)] public required string Event { get; init; }

    [Id(2)] public required string Actor { get; init; }

    [Id(3)] public required string Subject { get; init; }

    [Id(4)] public string? Address { get; init; }

    [Id(5)] public ImmutableSortedDictionary<string, string> Details { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
