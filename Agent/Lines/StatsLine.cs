using System.Text.Json.Serialization;
using BackupOnline.Engine.Statistics;

namespace BackupOnline.Agent.Lines;

/// <summary>Answer of <c>stats --json</c>, as restic's: it alone has no message_type.</summary>
internal sealed record StatsLine
{
    /// <summary>Bytes.</summary>
    public required ulong TotalSize { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong TotalUncompressedSize { get; init; }

    public double? CompressionRatio { get; init; }

    /// <summary>Per cent.</summary>
    public double? CompressionProgress { get; init; }

    /// <summary>Per cent.</summary>
    public double? CompressionSpaceSaving { get; init; }

    public required ulong TotalFileCount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong TotalBlobCount { get; init; }

    public required int SnapshotsCount { get; init; }

    public static StatsLine Of(RepositoryStatistics sums) => new()
    {
        TotalSize = sums.TotalBytes,
        TotalUncompressedSize = sums.UncompressedBytes,
        CompressionRatio = sums.CompressionRatio,
        CompressionProgress = sums.CompressionProgress,
        CompressionSpaceSaving = sums.CompressionSaving,
        TotalFileCount = sums.TotalFiles,
        TotalBlobCount = sums.TotalBlobs,
        SnapshotsCount = sums.Snapshots,
    };
}
