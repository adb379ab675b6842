namespace BackupOnline.Engine.Statistics;

/// <summary>The sums over some snapshots.</summary>
public sealed record RepositoryStatistics
{
    public required int Snapshots { get; init; }

    /// <summary>Bytes: plain ones, with <see cref="StatisticsMode.RawData"/> those in the packs, seals included.</summary>
    public required ulong TotalBytes { get; init; }

    /// <summary>Items of any type with <see cref="StatisticsMode.RestoreSize"/>; 0 with <see cref="StatisticsMode.RawData"/>.</summary>
    public required ulong TotalFiles { get; init; }

    /// <summary>With <see cref="StatisticsMode.BlobsPerFile"/> and <see cref="StatisticsMode.RawData"/>.</summary>
    public required ulong TotalBlobs { get; init; }

    /// <summary>With <see cref="StatisticsMode.RawData"/>: bytes that the blobs would take in the packs uncompressed.</summary>
    public ulong UncompressedBytes { get; init; }

    /// <summary>Of these, bytes of blobs that are compressed, as they would be and as they are.</summary>
    public ulong CompressedBlobsBefore { get; init; }

    public ulong CompressedBlobsAfter { get; init; }

    /// <summary>How many times larger the compressed blobs were; null when none is.</summary>
    public double? CompressionRatio => CompressedBlobsAfter == 0 ? null : (double)CompressedBlobsBefore / CompressedBlobsAfter;

    /// <summary>Per cent of the bytes that are of compressed blobs.</summary>
    public double? CompressionProgress => UncompressedBytes == 0 ? null : (double)CompressedBlobsBefore / UncompressedBytes * 100;

    /// <summary>Per cent that compression saves.</summary>
    public double? CompressionSaving => UncompressedBytes == 0 ? null : (1 - ((double)TotalBytes / UncompressedBytes)) * 100;
}
