using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Checking;

/// <summary>Judges whether everything that the snapshots need is there and whole.</summary>
public static class Checker
{
    /// <summary>
    /// Checks a repository; loads the index itself. Findings are in the result, not thrown.
    /// </summary>
    /// <exception cref="RepositoryException">The store cannot be reached or refuses.</exception>
    public static Task<CheckResult> CheckAsync(
        Repository repository, CheckOptions options, CheckProgress? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
