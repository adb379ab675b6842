using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Snapshots;

/// <summary>What a backup did, as restic 0.17 and later record it in the snapshot. Lengths are bytes.</summary>
public sealed record SnapshotSummary
{
    [JsonPropertyName("backup_start")]
    [JsonConverter(typeof(RfcTimeJsonConverter))]
    public DateTimeOffset BackupStart { get; init; }

    [JsonPropertyName("backup_end")]
    [JsonConverter(typeof(RfcTimeJsonConverter))]
    public DateTimeOffset BackupEnd { get; init; }

    [JsonPropertyName("files_new")]
    public ulong FilesNew { get; init; }

    [JsonPropertyName("files_changed")]
    public ulong FilesChanged { get; init; }

    [JsonPropertyName("files_unmodified")]
    public ulong FilesUnmodified { get; init; }

    [JsonPropertyName("dirs_new")]
    public ulong DirsNew { get; init; }

    [JsonPropertyName("dirs_changed")]
    public ulong DirsChanged { get; init; }

    [JsonPropertyName("dirs_unmodified")]
    public ulong DirsUnmodified { get; init; }

    [JsonPropertyName("data_blobs")]
    public long DataBlobs { get; init; }

    [JsonPropertyName("tree_blobs")]
    public long TreeBlobs { get; init; }

    /// <summary>Plain bytes of the new blobs.</summary>
    [JsonPropertyName("data_added")]
    public ulong DataAdded { get; init; }

    /// <summary>Bytes that the new blobs take in packs.</summary>
    [JsonPropertyName("data_added_packed")]
    public ulong DataAddedPacked { get; init; }

    [JsonPropertyName("total_files_processed")]
    public ulong TotalFilesProcessed { get; init; }

    [JsonPropertyName("total_bytes_processed")]
    public ulong TotalBytesProcessed { get; init; }
}
