using System.Text;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Files;

/// <summary>Extended attributes of a file, symlinks not followed. A file system without them has none.</summary>
public static unsafe class ExtendedAttributes
{
    /// <summary>More than a path may have: then the folder is named by its descriptor.</summary>
    private const int LongPath = 4000;

    /// <summary>All attributes in the order in which the kernel lists them. One that cannot be read is given to <paramref name="onUnreadable"/> and left out.</summary>
    public static IReadOnlyList<ExtendedAttribute> Read(
        FolderHandle folder, RawPath name, RawPath fullPath, Action<string, FileSystemException>? onUnreadable = null)
    {
        LinuxGate.Require();
        var path = PathFor(folder, name, fullPath).NullTerminated;
        Span<byte> small = stackalloc byte[1024];
        var list = ReadGrowing(path, null, small);
        if (list.IsEmpty)
            return [];

        var attributes = new List<ExtendedAttribute>();
        Span<byte> value = stackalloc byte[1024];
        foreach (var range in list.Split((byte)0))
        {
            var attribute = list[range].ToArray();
            if (attribute.Length == 0)
                continue;
            var text = Encoding.UTF8.GetString(attribute);
            try
            {
                attributes.Add(new ExtendedAttribute(text, ReadGrowing(path, [.. attribute, 0], value).ToArray()));
            }
            catch (FileSystemException e)
            {
                onUnreadable?.Invoke(text, e);
            }
        }

        return attributes;
    }

    /// <summary>Sets one attribute. The folder is named by its descriptor, so that no symlink on the way to it can lead elsewhere.</summary>
    public static void Write(FolderHandle folder, RawPath name, ExtendedAttribute attribute)
    {
        LinuxGate.Require();
        if (attribute.Name.Length == 0 || attribute.Name.Contains('\0', StringComparison.Ordinal))
            throw new FileSystemException("set an attribute with an impossible name", Libc.InvalidArgument);
        fixed (byte* path = PathFor(folder, name, default).NullTerminated)
        fixed (byte* attributeName = RawPath.FromText(attribute.Name).NullTerminated)
        fixed (byte* value = attribute.Value.Span)
        {
            if (Libc.SetAttribute(path, attributeName, value, (nuint)attribute.Value.Length, 0) != 0)
                throw LinuxGate.Failure($"set attribute {attribute.Name}");
        }
    }

    /// <summary>The calls take no folder descriptor; the kernel's own name for the descriptor serves when the path is too long.</summary>
    private static RawPath PathFor(FolderHandle folder, RawPath name, RawPath fullPath) =>
        !fullPath.IsEmpty && fullPath.Length < LongPath ? fullPath : RawPath.FromText($"/proc/self/fd/{folder.Descriptor}").Join(name);

    /// <summary>Lists the names, or reads the value of <paramref name="attribute"/>, into the buffer or, when that is too small, into a larger one.</summary>
    private static ReadOnlySpan<byte> ReadGrowing(ReadOnlySpan<byte> path, byte[]? attribute, Span<byte> buffer)
    {
        while (true)
        {
            nint length;
            fixed (byte* pathBytes = path)
            fixed (byte* nameBytes = attribute)
            fixed (byte* start = buffer)
            {
                length = attribute is null
                    ? Libc.ListAttributes(pathBytes, start, (nuint)buffer.Length)
                    : Libc.GetAttribute(pathBytes, nameBytes, start, (nuint)buffer.Length);
            }

            if (length >= 0)
                return buffer[..(int)length];
            var failure = LinuxGate.Failure(attribute is null ? "list attributes" : "read attribute");
            if (failure.Error is Libc.NotSupported or Libc.NoData)
                return [];

            // The kernel's own limit for both is 64 KiB.
            if (failure.Error != Libc.RangeError || buffer.Length >= 64 * 1024)
                throw failure;
            buffer = new byte[64 * 1024];
        }
    }
}
