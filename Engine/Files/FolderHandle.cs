using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Files;

/// <summary>
/// An open folder. Entries are reached through it by their names alone, so that nobody can turn a folder on the way into a symlink meanwhile,
/// and paths of any length work.
/// </summary>
public sealed class FolderHandle : SafeHandleMinusOneIsInvalid
{
    internal FolderHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    internal int Descriptor => IsClosed ? throw new ObjectDisposedException(nameof(FolderHandle)) : (int)handle;

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
