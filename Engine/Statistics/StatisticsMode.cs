namespace BackupOnline.Engine.Statistics;

/// <summary>What is counted, as restic's four modes.</summary>
public enum StatisticsMode
{
    /// <summary>What restoring every snapshot would write; hard links once in each snapshot.</summary>
    RestoreSize,

    /// <summary>Files with the same content once.</summary>
    FilesByContents,

    /// <summary>The blobs of each file, once for each path.</summary>
    BlobsPerFile,

    /// <summary>Every blob once, as it lies in the packs.</summary>
    RawData,
}
