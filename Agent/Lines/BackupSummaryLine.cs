using System.Text.Json.Serialization;

namespace BackupOnline.Agent.Lines;

/// <summary>restic's summary line of a backup.</summary>
internal sealed record BackupSummaryLine
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "summary";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }

    public required long FilesNew { get; init; }

    public required long FilesChanged { get; init; }

    public required long FilesUnmodified { get; init; }

    public required long DirsNew { get; init; }

    public required long DirsChanged { get; init; }

    public required long DirsUnmodified { get; init; }

    public required long DataBlobs { get; init; }

    public required long TreeBlobs { get; init; }

    /// <summary>Plain bytes of the blobs that were not there before.</summary>
    public required long DataAdded { get; init; }

    /// <summary>The same, compressed and sealed.</summary>
    public required long DataAddedPacked { get; init; }

    public required long TotalFilesProcessed { get; init; }

    public required long TotalBytesProcessed { get; init; }

    /// <summary>Seconds.</summary>
    public required double TotalDuration { get; init; }

    public required DateTimeOffset BackupStart { get; init; }

    public required DateTimeOffset BackupEnd { get; init; }

    public string? SnapshotId { get; init; }
}
