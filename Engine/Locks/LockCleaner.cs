using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Locks;

/// <summary>Takes locks away that nobody gives back.</summary>
public static class LockCleaner
{
    /// <summary>
    /// Removes dead locks: of processes of this machine that have ended, and those not renewed for <see cref="LockOptions.StaleAfter"/>. With <paramref name="all"/> every
    /// lock: only right when nobody else works on the repository.
    /// </summary>
    /// <returns>Number of locks removed.</returns>
    public static Task<int> RemoveAsync(Repository repository, bool all, LockOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        options ??= new LockOptions();
        options.Validate();
        return new LockTable(repository, options).CleanAsync(all, cancellationToken);
    }
}
