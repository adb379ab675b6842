using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Mounting;

/// <summary>The functions of libfuse 3's low-level interface (fuse_lowlevel.h) that a file system needs that is only read. The machine brings the library.</summary>
internal static unsafe partial class FuseLibrary
{
    private const string Library = "libfuse3";

    // Up to 3.16, and since 3.17: of what is used here, only the beginning of a session differs.
    private static readonly string[] Files = ["libfuse3.so.3", "libfuse3.so.4"];

    private static readonly nint Loaded = Files.Select(file => NativeLibrary.TryLoad(file, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0);

    static FuseLibrary() => NativeLibrary.SetDllImportResolver(typeof(FuseLibrary).Assembly, (name, _, _) => name == Library ? Loaded : 0);

    /// <summary>Whether the machine has it.</summary>
    public static bool IsPresent() => Loaded != 0;

    /// <summary>0 when libfuse would not; it has written the reason to standard error.</summary>
    public static nint NewSession(Arguments* arguments, FuseOperations* operations, nuint operationsLength, nint userData)
    {
        if (!NativeLibrary.TryGetExport(Loaded, "fuse_session_new_versioned", out _))
            return NewSessionOf30(arguments, operations, operationsLength, userData);
        var version = new Version { Major = 3, Minor = 17 };
        return NewSessionOf317(arguments, operations, operationsLength, &version, userData);
    }

    [LibraryImport(Library, EntryPoint = "fuse_session_new")]
    private static partial nint NewSessionOf30(Arguments* arguments, FuseOperations* operations, nuint operationsLength, nint userData);

    [LibraryImport(Library, EntryPoint = "fuse_session_new_versioned")]
    private static partial nint NewSessionOf317(Arguments* arguments, FuseOperations* operations, nuint operationsLength, Version* version, nint userData);

    [LibraryImport(Library, EntryPoint = "fuse_opt_free_args")]
    public static partial void Free(Arguments* arguments);

    [LibraryImport(Library, EntryPoint = "fuse_session_mount", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(nint session, string mountPoint);

    [LibraryImport(Library, EntryPoint = "fuse_session_fd")]
    public static partial int Descriptor(nint session);

    [LibraryImport(Library, EntryPoint = "fuse_session_exited")]
    public static partial int HasExited(nint session);

    /// <summary>Waits for a question; its bytes, 0 when it is unmounted, or a negative error. The buffer is made at the first call.</summary>
    [LibraryImport(Library, EntryPoint = "fuse_session_receive_buf")]
    public static partial int Receive(nint session, Buffer* buffer);

    [LibraryImport(Library, EntryPoint = "fuse_session_process_buf")]
    public static partial void Process(nint session, Buffer* buffer);

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

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public const short Readable = 1;

        public int Descriptor;
        public short Wanted;
        public short Seen;
    }

    /// <summary><c>struct fuse_buf</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        public nuint Length;
        public int Flags;
        public void* Memory;
        public int Descriptor;
        public long Position;
        public nuint Room;
    }

    /// <summary><c>struct libfuse_version</c>: the one whose header this file follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Version
    {
        public uint Major;
        public uint Minor;
        public uint Hotfix;
        public uint Padding;
    }

    /// <summary><c>struct fuse_args</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Arguments
    {
        public int Count;
        public byte** Values;
        public int AreAllocated;
    }

    /// <summary><c>struct fuse_file_info</c> as far as it is used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
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
