using System.Runtime.InteropServices;
using BackupOnline.Engine.Trees;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Files;

/// <summary>
/// Writing to the local file system, always to an entry of an open folder and never through a symlink. Failures are <see cref="FileSystemException"/>.
/// Linux only so far, as <see cref="LocalFiles"/>.
/// </summary>
public static unsafe class TargetFiles
{
    /// <summary>Makes a folder that only its owner may enter. False when something of that name is there.</summary>
    public static bool TryMakeFolder(FolderHandle folder, RawPath name)
    {
        LinuxGate.Require();
        fixed (byte* path = name.NullTerminated)
        {
            if (Libc.MakeFolderAt(folder.Descriptor, path, 0x1c0) == 0)
                return true;
        }

        var failure = LinuxGate.Failure("make folder");
        return failure.Error == Libc.Exists ? false : throw failure;
    }

    /// <summary>System call number of <c>fchmodat2</c>, the same on every processor.</summary>
    private const int ChangeModeAt2 = 452;

    /// <summary>Permissions of a file that only its owner may read and write.</summary>
    private const uint OwnerOnly = 0x180;

    /// <summary>Makes a file that only its owner may read; fails when something of that name is there.</summary>
    public static SafeFileHandle CreateFile(FolderHandle folder, RawPath name) => CreateFile(folder, name, OwnerOnly);

    /// <summary>Makes a file that only its owner may read, in place of what has that name and is no folder.</summary>
    public static SafeFileHandle ReplaceFile(FolderHandle folder, RawPath name) => ReplaceFile(folder, name, OwnerOnly);

    /// <summary>As the other overload, with what is allowed of these permissions (0 to 0777): the process's mask is taken off, and so is what lets a program run as its owner.</summary>
    public static SafeFileHandle ReplaceFile(FolderHandle folder, RawPath name, uint permissions)
    {
        try
        {
            return CreateFile(folder, name, permissions);
        }
        catch (FileSystemException e) when (e.Error == Libc.Exists)
        {
            Remove(folder, name);
            return CreateFile(folder, name, permissions);
        }
    }

    private static SafeFileHandle CreateFile(FolderHandle folder, RawPath name, uint permissions) =>
        Open(folder, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, "create", permissions & 0x1ff);

    /// <summary>Opens a file for writing where it lies.</summary>
    public static SafeFileHandle OpenFile(FolderHandle folder, RawPath name) => Open(folder, name, OpenFlags.WriteOnly, "open");

    /// <summary>Sets the length; what is beyond the old end is a hole.</summary>
    public static void SetLength(SafeFileHandle file, long length)
    {
        if (Libc.Truncate((int)file.DangerousGetHandle(), length) != 0)
            throw LinuxGate.Failure("set length");
    }

    /// <summary>Writes all bytes at an offset.</summary>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* start = bytes)
                written = Libc.WriteAt((int)file.DangerousGetHandle(), start, (nuint)bytes.Length, offset);
            if (written < 0)
            {
                var failure = LinuxGate.Failure("write");
                if (failure.Error != Libc.Interrupted)
                    throw failure;
                continue;
            }

            bytes = bytes[(int)written..];
            offset += written;
        }
    }

    /// <summary>Removes what is no folder; what is not there counts as removed.</summary>
    public static void Remove(FolderHandle folder, RawPath name)
    {
        LinuxGate.Require();
        fixed (byte* path = name.NullTerminated)
        {
            if (Libc.UnlinkAt(folder.Descriptor, path, 0) == 0)
                return;
        }

        var failure = LinuxGate.Failure("replace");
        if (failure.Error != Libc.NotFound)
            throw failure;
    }

    /// <summary>
    /// Removes an entry with all that is in it; symlinks are removed, never followed. A folder on which another file system is mounted stops it.
    /// </summary>
    public static void RemoveAll(FolderHandle folder, RawPath name)
    {
        if (!LocalFiles.Status(folder, name).IsFolder)
        {
            Remove(folder, name);
            return;
        }

        using (var inside = LocalFiles.OpenFolder(folder, name))
        {
            if (LocalFiles.Status(inside).DeviceId != LocalFiles.Status(folder).DeviceId)
                throw new FileSystemException("remove", Libc.Busy);
            foreach (var entry in LocalFiles.EntryNames(inside))
                RemoveAll(inside, entry);
        }

        fixed (byte* path = name.NullTerminated)
            Require(Libc.UnlinkAt(folder.Descriptor, path, Libc.RemoveFolder), "remove folder");
    }

    /// <summary>Gives a file a second name.</summary>
    public static void Link(FolderHandle fromFolder, RawPath from, FolderHandle folder, RawPath name)
    {
        fixed (byte* fromPath = from.NullTerminated)
        fixed (byte* path = name.NullTerminated)
            Require(Libc.LinkAt(fromFolder.Descriptor, fromPath, folder.Descriptor, path, 0), "link");
    }

    public static void Symlink(RawPath target, FolderHandle folder, RawPath name)
    {
        fixed (byte* targetPath = target.NullTerminated)
        fixed (byte* path = name.NullTerminated)
            Require(Libc.SymlinkAt(targetPath, folder.Descriptor, path), "make symlink");
    }

    /// <summary>Makes a fifo or a device; devices need privileges.</summary>
    public static void MakeSpecial(NodeType type, ulong device, FolderHandle folder, RawPath name)
    {
        var mode = type switch
        {
            NodeType.Fifo => 0x1000u,
            NodeType.CharacterDevice => 0x2000u,
            NodeType.BlockDevice => 0x6000u,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Neither a fifo nor a device."),
        };
        fixed (byte* path = name.NullTerminated)
            Require(Libc.MakeNodeAt(folder.Descriptor, path, mode | 0x180, device), type == NodeType.Fifo ? "make fifo" : "make device");
    }

    public static void SetOwner(FolderHandle folder, RawPath name, uint uid, uint gid)
    {
        fixed (byte* path = name.NullTerminated)
            Require(Libc.ChangeOwnerAt(folder.Descriptor, path, uid, gid, Libc.NoFollow), "set owner");
    }

    /// <summary>Sets permissions (0 to 07777) of what is no symlink.</summary>
    public static void SetPermissions(FolderHandle folder, RawPath name, uint permissions)
    {
        fixed (byte* path = name.NullTerminated)
        {
            // Kernels before 6.6 and some sandboxes do not know the call; whatever else is wrong, the other one tells.
            if (Libc.ChangeModeAt2(ChangeModeAt2, folder.Descriptor, path, permissions, Libc.NoFollow) != 0)
                Require(Libc.ChangeModeAt(folder.Descriptor, path, permissions, Libc.NoFollow), "set permissions");
        }
    }

    public static void SetOwner(SafeFileHandle file, uint uid, uint gid) =>
        Require(Libc.ChangeOwner((int)file.DangerousGetHandle(), uid, gid), "set owner");

    /// <summary>Sets permissions, 0 to 07777.</summary>
    public static void SetPermissions(SafeFileHandle file, uint permissions) =>
        Require(Libc.ChangeMode((int)file.DangerousGetHandle(), permissions), "set permissions");

    public static void SetTimes(SafeFileHandle file, NodeTime accessedAt, NodeTime modifiedAt)
    {
        var times = stackalloc Libc.Timespec[2];
        (times[0], times[1]) = (TimeOf(accessedAt), TimeOf(modifiedAt));
        Require(Libc.SetTimes((int)file.DangerousGetHandle(), times), "set times");
    }

    public static void SetTimes(FolderHandle folder, RawPath name, NodeTime accessedAt, NodeTime modifiedAt)
    {
        var times = stackalloc Libc.Timespec[2];
        (times[0], times[1]) = (TimeOf(accessedAt), TimeOf(modifiedAt));
        fixed (byte* path = name.NullTerminated)
            Require(Libc.SetTimesAt(folder.Descriptor, path, times, Libc.NoFollow), "set times");
    }

    private static Libc.Timespec TimeOf(NodeTime time) => new() { Seconds = time.Seconds, Nanoseconds = time.Nanoseconds };

    private static SafeFileHandle Open(FolderHandle folder, RawPath name, int flags, string operation, uint permissions = OwnerOnly)
    {
        LinuxGate.Require();
        fixed (byte* path = name.NullTerminated)
        {
            var descriptor = Libc.OpenAt(folder.Descriptor, path, flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec, permissions);
            return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new FileSystemException(operation, Marshal.GetLastPInvokeError());
        }
    }

    private static void Require(int result, string operation)
    {
        if (result != 0)
            throw LinuxGate.Failure(operation);
    }
}
