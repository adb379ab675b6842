namespace BackupOnline.Persistence.Storage;

/// <summary>One fact for the log, written with the state that it tells of. Identified by (grain, version, ordinal).</summary>
public sealed record FactRow
{
    /// <summary>The log: a tenant's name, or <c>provider</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Dotted, past tense: <c>vault.created</c>.</summary>
    public required string Event { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it, pseudonymous: <c>key:acme/k3f...</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What it was done to: <c>vault/acme/main</c>.</summary>
    public required string Subject { get; init; }

    public string? Address { get; init; }

    public IReadOnlyDictionary<string, string> Details { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
