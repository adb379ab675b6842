namespace BackupOnline.Engine.Repositories;

/// <summary>How hard data blobs are compressed. Trees, indexes and snapshots always are, as stock restic does in format 2.</summary>
public enum Compression
{
    /// <summary>zstd level 2: the size of restic's "auto" within about 1.5 %, at the speed of a disk.</summary>
    Auto,

    /// <summary>Data blobs are stored as they are.</summary>
    Off,

    /// <summary>zstd level 12: for slow lines and idle processors.</summary>
    Max,
}
