using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's line per file of a backup with -vv.</summary>
internal sealed record VerboseStatusLine
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "verbose_status";

    /// <summary>new, changed, unchanged, scan_finished.</summary>
    public required string Action { get; init; }

    public required string Item { get; init; }

    /// <summary>Seconds.</summary>
    public double Duration { get; init; }

    public long DataSize { get; init; }

    public long DataSizeInRepo { get; init; }

    public long MetadataSize { get; init; }

    public long MetadataSizeInRepo { get; init; }

    public long TotalFiles { get; init; }
}
