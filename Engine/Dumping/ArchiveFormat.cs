namespace BackupOnline.Engine.Dumping;

/// <summary>What a folder becomes when it is dumped.</summary>
public enum ArchiveFormat
{
    /// <summary>tar in the form of POSIX.1-2001 (pax): names and files of any length, owners, times to 100 ns.</summary>
    Tar,

    /// <summary>zip, deflated. Its list of entries is held in memory until the end, some 300 bytes each.</summary>
    Zip,
}
