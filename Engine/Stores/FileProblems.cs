using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>What a file system's refusals mean for a repository in a folder.</summary>
internal static class FileProblems
{
    // errno values that .NET hands on in HResult: ENOSPC, EDQUOT, EROFS; and Windows' ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL.
    private const int NoSpace = 28, QuotaExceeded = 122, ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static RepositoryException From(Exception e, ObjectName? name, string root) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException when name is { } missing => StoreProblems.NotFound(missing, root, e),
        UnauthorizedAccessException => new RepositoryException(
            RepositoryProblem.AccessDenied,
            $"This user may not use {Subject(name, root)}. Run as the user that owns the repository, or give this user the right to read and write there.",
            e),
        { HResult: NoSpace or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull } => new RepositoryException(
            RepositoryProblem.NoRoom,
            $"The disk that holds the repository at {root} is full. Make room there, then run again: what was stored already is not sent again.",
            e),
        { HResult: ReadOnlyFileSystem } => new RepositoryException(
            RepositoryProblem.AccessDenied,
            $"The repository at {root} lies on a file system that is mounted read-only. Mount it for writing, then run again.",
            e),
        _ => new RepositoryException(
            RepositoryProblem.Unreachable,
            $"{Subject(name, root)} cannot be read or written: {e.Message} Check the disk, then run again.",
            e),
    };

    private static string Subject(ObjectName? name, string root) => name is { } one ? $"{one} of the repository at {root}" : $"the repository at {root}";
}
