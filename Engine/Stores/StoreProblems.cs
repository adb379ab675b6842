using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>The sentences that all stores share.</summary>
internal static class StoreProblems
{
    public static RepositoryException NotFound(ObjectName name, string location, Exception? inner = null) => new(
        RepositoryProblem.NotFound,
        $"{name} is missing in the repository at {location}. Run 'check' to see what depends on it, and put it back from a copy of the repository if there is one.",
        inner);

    public static RepositoryException Unreadable(ObjectName name, string location, Exception inner) => new(
        RepositoryProblem.Unreadable,
        $"{name} of the repository at {location} is there but cannot be read: {inner.Message} Look at the disk and at the permissions of that file; 'check' shows what depends on it.",
        inner);

    public static RepositoryException TooShort(ObjectName name, long wanted) => new(
        RepositoryProblem.Corrupt,
        $"{name} is damaged: it ends before byte {wanted}. Run 'check' to see what depends on it, and put it back from a copy of the repository if there is one.");

    public static RepositoryException ConfigExists(string location) => new(
        RepositoryProblem.RepositoryExists,
        $"There is already a repository at {location}. Use it with its password, or choose another place.");
}
