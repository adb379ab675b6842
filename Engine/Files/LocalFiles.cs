using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Files;

/// <summary>
/// Reading the local file system: names are bytes, symlinks are not followed unless a method says so. Failures are <see cref="FileSystemException"/>.
/// Linux only so far: elsewhere every method throws <see cref="PlatformNotSupportedException"/>.
/// </summary>
public static unsafe class LocalFiles
{
    private const int EntriesBufferLength = 64 * 1024;

    /// <summary>The folder that relative paths start from.</summary>
    public static RawPath CurrentFolder => RawPath.FromText(Environment.CurrentDirectory);

    /// <summary>Status of what the path names itself.</summary>
    public static FileStatus Status(RawPath path) => Status(Libc.CurrentFolder, path, Libc.NoFollow);

    /// <summary>Status of an entry of a folder.</summary>
    public static FileStatus Status(FolderHandle folder, RawPath name) => Status(folder.Descriptor, name, Libc.NoFollow);

    /// <summary>Status of what the path leads to, symlinks followed.</summary>
    public static FileStatus StatusOfTarget(RawPath path) => Status(Libc.CurrentFolder, path, 0);

    /// <summary>Status of an open folder.</summary>
    public static FileStatus Status(FolderHandle folder) => Status(folder.Descriptor, default, Libc.EmptyPath);

    /// <summary>Status of an open file.</summary>
    public static FileStatus Status(SafeFileHandle file) => Status((int)file.DangerousGetHandle(), default, Libc.EmptyPath);

    /// <summary>Opens a folder that is no symlink itself.</summary>
    public static FolderHandle OpenFolder(RawPath path) => OpenFolder(Libc.CurrentFolder, path, OpenFlags.NoFollow);

    /// <summary>Opens a folder in a folder; a symlink is refused.</summary>
    public static FolderHandle OpenFolder(FolderHandle folder, RawPath name) => OpenFolder(folder.Descriptor, name, OpenFlags.NoFollow);

    /// <summary>
    /// Opens the folder that a path leads to, symlinks followed. A folder that may be passed but not read (mode 711, as many a /home) gives a handle
    /// that names the place: status and what is in it by name work, a listing does not.
    /// </summary>
    public static FolderHandle OpenFolderFollowing(RawPath path)
    {
        const int MayNotRead = 13;
        var descriptor = TryOpen(Libc.CurrentFolder, path, OpenFlags.ReadOnly | OpenFlags.Folder | OpenFlags.CloseOnExec | OpenFlags.NonBlocking, out var error);
        if (descriptor < 0 && error == MayNotRead)
            descriptor = TryOpen(Libc.CurrentFolder, path, OpenFlags.PathOnly | OpenFlags.Folder | OpenFlags.CloseOnExec, out error);
        return descriptor >= 0 ? new FolderHandle(descriptor) : throw new FileSystemException("open folder", error);
    }

    /// <summary>Opens an entry for reading; a symlink is refused, a fifo does not wait. The access time stays where the file's owner may ask for it.</summary>
    public static SafeFileHandle OpenFile(FolderHandle folder, RawPath name)
    {
        const int Flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking;
        var flags = Flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec;
        var descriptor = TryOpen(folder.Descriptor, name, flags | OpenFlags.NoAccessTime, out var error);
        if (descriptor < 0 && error == Libc.NotPermitted)
            descriptor = TryOpen(folder.Descriptor, name, flags, out error);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new FileSystemException("open", error);
    }

    /// <summary>The names of a folder's entries in byte order, without <c>.</c> and <c>..</c>.</summary>
    public static RawPath[] EntryNames(FolderHandle folder)
    {
        LinuxGate.Require();
        var names = new List<RawPath>();
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(EntriesBufferLength);
        try
        {
            fixed (byte* start = buffer)
            {
                while (true)
                {
                    var length = Libc.GetEntries(folder.Descriptor, start, (nuint)buffer.Length);
                    if (length < 0)
                        throw LinuxGate.Failure("read folder");
                    if (length == 0)
                        break;

                    // linux_dirent64: inode 8, offset 8, record length 2, type 1, name with a closing NUL.
                    for (var at = start; at < start + length; at += *(ushort*)(at + 16))
                    {
                        var name = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(at + 19);
                        if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                            names.Add(new RawPath(name));
                    }
                }
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }

        names.Sort();
        return [.. names];
    }

    /// <summary>Where a symlink points to.</summary>
    public static RawPath ReadLink(FolderHandle folder, RawPath name)
    {
        LinuxGate.Require();
        Span<byte> buffer = stackalloc byte[4096];
        fixed (byte* path = name.NullTerminated)
        fixed (byte* target = buffer)
        {
            var length = Libc.ReadLinkAt(folder.Descriptor, path, target, (nuint)buffer.Length);
            return length >= 0 ? new RawPath(buffer[..(int)length]) : throw LinuxGate.Failure("read link");
        }
    }

    /// <summary>Reads from the file's position; 0 at its end.</summary>
    public static int Read(SafeFileHandle file, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var length = Libc.Read((int)file.DangerousGetHandle(), start, (nuint)buffer.Length);
                if (length >= 0)
                    return (int)length;
                var failure = LinuxGate.Failure("read");
                if (failure.Error != Libc.Interrupted)
                    throw failure;
            }
        }
    }

    /// <summary>Tells the kernel that the file is read once from its beginning.</summary>
    public static void AdviseSequential(SafeFileHandle file) =>
        _ = Libc.Advise((int)file.DangerousGetHandle(), 0, 0, Libc.AdviseSequential);

    /// <summary>Lets the kernel drop the pages of what was read, so that a backup does not push the machine's own work out of its cache.</summary>
    public static void AdviseDone(SafeFileHandle file, long length) =>
        _ = Libc.Advise((int)file.DangerousGetHandle(), 0, length, Libc.AdviseDontNeed);

    /// <summary>Effective user and group of this process.</summary>
    public static (uint Uid, uint Gid) Self() => OperatingSystem.IsLinux() ? (Libc.EffectiveUser(), Libc.EffectiveGroup()) : (0, 0);

    internal static FolderHandle OpenFolder(int folder, RawPath path, int flags)
    {
        LinuxGate.Require();
        var descriptor = TryOpen(folder, path, OpenFlags.ReadOnly | OpenFlags.Folder | OpenFlags.CloseOnExec | OpenFlags.NonBlocking | flags, out var error);
        return descriptor >= 0 ? new FolderHandle(descriptor) : throw new FileSystemException("open folder", error);
    }

    private static int TryOpen(int folder, RawPath path, int flags, out int error)
    {
        LinuxGate.Require();
        fixed (byte* bytes = path.NullTerminated)
        {
            var descriptor = Libc.OpenAt(folder, bytes, flags, 0);
            error = descriptor < 0 ? System.Runtime.InteropServices.Marshal.GetLastPInvokeError() : 0;
            return descriptor;
        }
    }

    private static FileStatus Status(int folder, RawPath path, int flags)
    {
        LinuxGate.Require();
        Libc.StatxBuffer buffer = default;
        fixed (byte* bytes = path.NullTerminated)
        {
            if (Libc.Statx(folder, bytes, flags | Libc.NoAutomount, Libc.BasicStats, &buffer) != 0)
                throw LinuxGate.Failure("stat");
        }

        return new FileStatus
        {
            UnixMode = buffer.Mode,
            Inode = buffer.Inode,
            DeviceId = MakeDevice(buffer.DevMajor, buffer.DevMinor),
            Links = buffer.Links,
            Uid = buffer.Uid,
            Gid = buffer.Gid,
            Size = (long)buffer.Size,
            Device = MakeDevice(buffer.RdevMajor, buffer.RdevMinor),
            ModifiedAt = new(buffer.ModifiedAt.Seconds, (int)buffer.ModifiedAt.Nanoseconds),
            AccessedAt = new(buffer.AccessedAt.Seconds, (int)buffer.AccessedAt.Nanoseconds),
            ChangedAt = new(buffer.ChangedAt.Seconds, (int)buffer.ChangedAt.Nanoseconds),
            AllocatedBytes = (long)buffer.Blocks * 512,
        };
    }

    /// <summary>The number that <c>stat</c> would give for the two parts: both are split, for old programs that knew 8 bits of each.</summary>
    private static ulong MakeDevice(uint major, uint minor) =>
        ((ulong)(major & 0xfffff000) << 32) | ((ulong)(major & 0xfff) << 8) | ((ulong)(minor & 0xffffff00) << 12) | (minor & 0xff);
}
