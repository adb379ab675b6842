using BackupOnline.Persistence.Storage;

namespace BackupOnline.Persistence.Log;

/// <summary>A fact that waits for its place in the log.</summary>
public sealed record OutboxRow
{
    /// <summary>Full text of the grain's id.</summary>
    public required string Grain { get; init; }

    /// <summary>The state's version that made it true.</summary>
    public required long Version { get; init; }

    /// <summary>Its place among the facts of that version, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>As stored: the time has microseconds.</summary>
    public required FactRow Fact { get; init; }
}
