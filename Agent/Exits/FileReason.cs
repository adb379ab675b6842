using System.ComponentModel;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Exits;

/// <summary>Why the system refused a file, without the path, which the sentence around it names; what has no sentence of ours keeps the system's own.</summary>
internal static class FileReason
{
    // errno values that .NET hands on in HResult or NativeErrorCode, and Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private const int NotFound = 2, Denied = 13, NoSpace = 28, QuotaExceeded = 122, ReadOnly = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static Sentence Of(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException or Win32Exception { NativeErrorCode: NotFound } => FileReasonSentences.NotFound,
        UnauthorizedAccessException or Win32Exception { NativeErrorCode: Denied } => FileReasonSentences.Denied,
        PathTooLongException => FileReasonSentences.TooLong,
        { HResult: NoSpace or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull } => FileReasonSentences.Full,
        { HResult: ReadOnly } => FileReasonSentences.ReadOnly,
        _ => Own(failure.Message.TrimEnd('.')),
    };

    private static Sentence Own(string message) => new(message, message);
}
