using BackupOnline.Persistence.Log;

namespace BackupOnline.Client.Audit;

/// <summary>One entry of a log, as its readers see it.</summary>
internal sealed record LogEntryView
{
    /// <summary>From 1, without a gap.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Dotted, past tense: <c>vault.created</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Who did it, pseudonymous.</summary>
    public required string Actor { get; init; }

    public required string Subject { get; init; }

    public required string? Address { get; init; }

    public required IReadOnlyDictionary<string, string> Details { get; init; }

    /// <summary>Chains this entry to all before it: 64 lowercase hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public static LogEntryView Of(LogEntryRow row) => new()
    {
        Number = row.Number,
        At = row.Fact.At,
        Event = row.Fact.Event,
        Actor = row.Fact.Actor,
        Subject = row.Fact.Subject,
        Address = row.Fact.Address,
        Details = row.Fact.Details,
        Hash = row.Hash,
    };
}
