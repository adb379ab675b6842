using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Archiving;

/// <summary>Makes a snapshot of files and folders.</summary>
public static class Archiver
{
    /// <summary>
    /// Backs up into a repository whose index is loaded. Blobs are durable before the snapshot is; cancelled, the repository stays sound and the next run
    /// finds what was sent. What cannot be read is in the result.
    /// </summary>
    /// <exception cref="NothingToBackUpException">Not one target could be read; no snapshot was made.</exception>
    /// <exception cref="RepositoryException">The repository failed.</exception>
    public static Task<BackupResult> BackUpAsync(
        Repository repository, BackupOptions options, BackupProgress? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
