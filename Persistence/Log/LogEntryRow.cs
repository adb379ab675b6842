using BackupOnline.Persistence.Storage;

namespace BackupOnline.Persistence.Log;

/// <summary>One entry of a log, numbered and hashed.</summary>
public sealed record LogEntryRow
{
    /// <summary>From 1, without a gap.</summary>
    public required long Number { get; init; }

    public required string Grain { get; init; }

    public required long Version { get; init; }

    public required int Ordinal { get; init; }

    /// <summary>What happened; its scope is the log's name.</summary>
    public required FactRow Fact { get; init; }

    /// <summary>Hash of the entry before, 64 lowercase hexadecimal digits; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public required string Hash { get; init; }
}
