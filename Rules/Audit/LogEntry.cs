using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Audit;

/// <summary>One entry of a log, as far as its hash covers it: everything but the hash itself.</summary>
public sealed record LogEntry
{
    /// <summary>The log's name: the tenant, or <c>provider</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>1 for the first entry of a log, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Hashed as whole microseconds, the precision of the table.</summary>
    public required Instant At { get; init; }

    public required string Event { get; init; }

    public required string Actor { get; init; }

    public required string Subject { get; init; }

    /// <summary>Network address, or null; null and empty are different entries.</summary>
    public string? Address { get; init; }

    public ImmutableSortedDictionary<string, string> Details { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
