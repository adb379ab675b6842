using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Mounting;

/// <summary>The functions of libfuse 3's low-level interface (fuse_lowlevel.h) that a file system needs that is only read. The machine brings the library.</summary>
internal static unsafe partial class FuseLibrary
{
    private const string Library = "libfuse3.so.3";

    /// <summary>Whether the machine has it.</summary>
    public static bool IsPresent()
    {
        if (!NativeLibrary.TryLoad(Library, out var handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }

    [LibraryImport(Library, EntryPoint = "fuse_session_new")]
    public static partial nint NewSession(Arguments* arguments, FuseOperations* operations, nuint operationsLength, nint userData);

    [LibraryImport(Library, EntryPoint = "fuse_opt_free_args")]
    public static partial void Free(Arguments* arguments);

    [LibraryImport(Library, EntryPoint = "fuse_session_mount", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(nint session, string mountPoint);

    [LibraryImport(Library, EntryPoint = "fuse_session_loop")]
    public static partial int Loop(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_session_exit")]
    public static partial void Exit(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_session_unmount")]
    public static partial void Unmount(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_session_destroy")]
    public static partial void Destroy(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_req_userdata")]
    public static partial nint UserData(nint request);

    [LibraryImport(Library, EntryPoint = "fuse_reply_none")]
    public static partial void ReplyNone(nint request);

    [LibraryImport(Library, EntryPoint = "fuse_reply_err")]
    public static partial int ReplyError(nint request, int error);

    [LibraryImport(Library, EntryPoint = "fuse_reply_entry")]
    public static partial int ReplyEntry(nint request, byte* entry);

    [LibraryImport(Library, EntryPoint = "fuse_reply_attr")]
    public static partial int ReplyAttributes(nint request, byte* status, double timeout);

    [LibraryImport(Library, EntryPoint = "fuse_reply_readlink")]
    public static partial int ReplyLink(nint request, byte* target);

    [LibraryImport(Library, EntryPoint = "fuse_reply_open")]
    public static partial int ReplyOpen(nint request, FileInfo* file);

    [LibraryImport(Library, EntryPoint = "fuse_reply_buf")]
    public static partial int ReplyBytes(nint request, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "fuse_reply_xattr")]
    public static partial int ReplyLength(nint request, nuint length);

    /// <summary>Bytes that the entry takes, also when that is more than there is room for.</summary>
    [LibraryImport(Library, EntryPoint = "fuse_add_direntry")]
    public static partial nuint AddEntry(nint request, byte* buffer, nuint length, byte* name, byte* status, long nextOffset);

    /// <summary><c>struct fuse_args</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Arguments
    {
        public int Count;
        public byte** Values;
        public int AreAllocated;
    }

    /// <summary><c>struct fuse_file_info</c> as far as it is used; the library's own is longer in no version.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct FileInfo
    {
        /// <summary>The pages of the kernel from the last opening are still right.</summary>
        public const uint KeepCache = 1 << 2;

        [FieldOffset(0)]
        public int Flags;

        [FieldOffset(4)]
        public uint Bits;

        [FieldOffset(16)]
        public ulong Handle;
    }
}
