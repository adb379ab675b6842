using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Restoring;

/// <summary>Writes the files of a snapshot into a folder.</summary>
public static class Restorer
{
    /// <summary>
    /// Restores from a repository whose index is loaded. Every blob is verified. Nothing is written outside of the target, whatever the tree or the target holds.
    /// What could not be restored is in the result.
    /// </summary>
    /// <exception cref="RestoreFailedException">The target cannot be written at all, or is full.</exception>
    /// <exception cref="RepositoryException">The repository cannot be reached.</exception>
    public static Task<RestoreResult> RestoreAsync(
        Repository repository, RestoreOptions options, RestoreProgress? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
