using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Files;

/// <summary>A folder whose inside is reached without ever leaving it: no symlink on the way is followed, whoever put it there.</summary>
public sealed unsafe class ConfinedFolder : IDisposable
{
    /// <summary>System call number of <c>openat2</c>, the same on every processor.</summary>
    private const int OpenAt2 = 437;

    /// <summary>RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS, RESOLVE_BENEATH.</summary>
    private const ulong StayInside = 0x02 | 0x04 | 0x08;

    /// <summary>Bytes of a path that the kernel takes at once, with room for its closing NUL.</summary>
    private const int LongestPath = 4000;

    private static readonly RawPath s_here = RawPath.FromText(".");

    private readonly FolderHandle _root;
    private volatile bool _componentwise;

    private ConfinedFolder(FolderHandle root, RawPath path) => (_root, Path) = (root, path);

    /// <summary>Where the folder is.</summary>
    public RawPath Path { get; }

    /// <summary>Opens a folder, made with those above it where they are missing. Symlinks above and at the folder itself are the user's own, and followed.</summary>
    public static ConfinedFolder OpenOrCreate(RawPath path)
    {
        var made = path.IsAbsolute ? RawPath.Root : s_here;
        foreach (var component in path.Components())
        {
            using (var parent = LocalFiles.OpenFolderFollowing(made))
            {
                if (!component.Bytes.SequenceEqual(".."u8) && !component.Bytes.SequenceEqual("."u8))
                    _ = TargetFiles.TryMakeFolder(parent, component);
            }

            made = made.Join(component);
        }

        return new ConfinedFolder(LocalFiles.OpenFolderFollowing(made), path);
    }

    /// <summary>Opens a folder inside, by its path from here; empty for the folder itself.</summary>
    public FolderHandle Open(RawPath inside)
    {
        if (inside.IsEmpty)
            return LocalFiles.OpenFolder(_root, s_here);
        if (!_componentwise && inside.Length < LongestPath)
        {
            var descriptor = TryOpenAtOnce(inside, OpenFlags.Folder, 0, out var error);
            if (descriptor >= 0)
                return new FolderHandle(descriptor);

            // Old kernels and some sandboxes do not know the call; then each component is opened by itself.
            if (error is not (38 or Libc.NotPermitted))
                throw new FileSystemException("open folder", error);
            _componentwise = true;
        }

        var folder = LocalFiles.OpenFolder(_root, s_here);
        foreach (var component in inside.Components())
        {
            using var parent = folder;
            folder = LocalFiles.OpenFolder(parent, component);
        }

        return folder;
    }

    /// <summary>
    /// Makes a file for writing by its path from here in one call, with what is allowed of the permissions (0 to 0777). Null when that cannot be done, for whatever reason:
    /// who opens its folder first can make it in place of what is there, or learns why not.
    /// </summary>
    public SafeFileHandle? TryCreateFile(RawPath inside, uint permissions)
    {
        if (_componentwise || inside.Length >= LongestPath)
            return null;
        var descriptor = TryOpenAtOnce(inside, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, permissions & 0x1ff, out _);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
    }

    public void Dispose() => _root.Dispose();

    private int TryOpenAtOnce(RawPath inside, int flags, uint permissions, out int error)
    {
        Libc.OpenHow how = new() { Flags = (ulong)(uint)(flags | OpenFlags.CloseOnExec | OpenFlags.NoFollow), Mode = permissions, Resolve = StayInside };
        fixed (byte* path = inside.NullTerminated)
        {
            var descriptor = (int)Libc.OpenAt2(OpenAt2, _root.Descriptor, path, &how, (nuint)sizeof(Libc.OpenHow));
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            return descriptor;
        }
    }
}
