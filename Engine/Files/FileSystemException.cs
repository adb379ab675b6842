using System.ComponentModel;

namespace BackupOnline.Engine.Files;

/// <summary>
/// The operating system refused an operation on a file. <see cref="Exception.Message"/> is what failed and why, without the path, which the caller knows.
/// </summary>
public sealed class FileSystemException : IOException
{
    internal FileSystemException(string operation, int error)
        : base($"{operation}: {new Win32Exception(error).Message}") => Error = error;

    /// <summary>The number of the error (<c>errno</c>).</summary>
    public int Error { get; }

    /// <summary>The disk or the user's quota on it is full.</summary>
    public bool IsFull => Error is Libc.NoSpace or Libc.QuotaExceeded;

    public bool IsNotFound => Error is Libc.NotFound or Libc.NotAFolder;

    public bool IsDenied => Error is Libc.NotPermitted or Libc.AccessDenied;
}
