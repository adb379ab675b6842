using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Mounting;

/// <summary><c>struct fuse_lowlevel_ops</c> as far as <c>listxattr</c>; the library is told its length, and answers the rest, and what is null, by itself.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FuseOperations
{
    public nint Init;
    public nint Destroy;
    public delegate* unmanaged<nint, ulong, byte*, void> Lookup;
    public delegate* unmanaged<nint, ulong, ulong, void> Forget;
    public delegate* unmanaged<nint, ulong, FuseLibrary.FileInfo*, void> GetAttributes;
    public nint SetAttributes;
    public delegate* unmanaged<nint, ulong, void> ReadLink;
    public nint MakeNode;
    public nint MakeFolder;
    public nint Unlink;
    public nint RemoveFolder;
    public nint Symlink;
    public nint Rename;
    public nint Link;
    public delegate* unmanaged<nint, ulong, FuseLibrary.FileInfo*, void> Open;
    public delegate* unmanaged<nint, ulong, nuint, long, FuseLibrary.FileInfo*, void> Read;
    public nint Write;
    public nint Flush;
    public delegate* unmanaged<nint, ulong, FuseLibrary.FileInfo*, void> Release;
    public nint Sync;
    public delegate* unmanaged<nint, ulong, FuseLibrary.FileInfo*, void> OpenFolder;
    public delegate* unmanaged<nint, ulong, nuint, long, FuseLibrary.FileInfo*, void> ReadFolder;
    public delegate* unmanaged<nint, ulong, FuseLibrary.FileInfo*, void> ReleaseFolder;
    public nint SyncFolder;
    public nint Statistics;
    public nint SetExtendedAttribute;
    public delegate* unmanaged<nint, ulong, byte*, nuint, void> GetExtendedAttribute;
    public delegate* unmanaged<nint, ulong, nuint, void> ListExtendedAttributes;
}
