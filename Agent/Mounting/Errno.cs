namespace BackupOnline.Agent.Mounting;

/// <summary>Errors of Linux that a file system answers with; the same numbers on x64 and arm64.</summary>
internal static class Errno
{
    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int BadHandle = 9;
    public const int TryAgain = 11;
    public const int InvalidArgument = 22;
    public const int ReadOnly = 30;
    public const int Range = 34;
    public const int NoData = 61;
    public const int Stale = 116;
}
