using System.Buffers;
using BackupOnline.Engine.Mounting;

namespace BackupOnline.Agent.Mounting;

/// <summary>Answers in the kernel's terms. Each question is answered once; nobody waits any more where an answer comes to nothing.</summary>
internal static unsafe class FuseReply
{
    /// <summary>Seconds that the kernel need not ask again: a repository never changes under a lock, but snapshots come and go.</summary>
    private const double Timeout = 60;

    public static void Error(nint request, int error) => _ = FuseLibrary.ReplyError(request, error);

    public static void Done(nint request) => Error(request, 0);

    /// <summary>False when nobody waits any more, and so nobody will forget the item.</summary>
    public static bool Entry(nint request, MountedItem item)
    {
        Span<byte> entry = stackalloc byte[FuseStatus.EntryBytes];
        FuseStatus.WriteEntry(entry, item, Timeout);
        fixed (byte* bytes = entry)
            return FuseLibrary.ReplyEntry(request, bytes) == 0;
    }

    public static void Attributes(nint request, MountedItem item)
    {
        Span<byte> status = stackalloc byte[FuseStatus.EntryBytes];
        FuseStatus.Write(status, item);
        fixed (byte* bytes = status)
            _ = FuseLibrary.ReplyAttributes(request, bytes, Timeout);
    }

    public static void Link(nint request, MountedItem link)
    {
        fixed (byte* target = Terminated(link.Node.LinkTarget.Bytes))
            _ = FuseLibrary.ReplyLink(request, target);
    }

    /// <summary>Content never changes: what the kernel has of it is right. False when nobody waits any more, and so nobody will close it.</summary>
    public static bool Open(nint request, ulong handle)
    {
        var file = new FuseLibrary.FileInfo { Bits = FuseLibrary.FileInfo.KeepCache, Handle = handle };
        return FuseLibrary.ReplyOpen(request, &file) == 0;
    }

    public static void Bytes(nint request, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            _ = FuseLibrary.ReplyBytes(request, start, (nuint)bytes.Length);
    }

    /// <summary>As getxattr(2) and listxattr(2) answer: room of 0 asks for the length.</summary>
    public static void ExtendedAttribute(nint request, ReadOnlySpan<byte> value, nuint room)
    {
        if (room == 0)
            _ = FuseLibrary.ReplyLength(request, (nuint)value.Length);
        else if (room < (nuint)value.Length)
            Error(request, Errno.Range);
        else
            Bytes(request, value);
    }

    /// <summary>As many names as there is room for, from a place in the listing on; the folder itself and the one above come first.</summary>
    public static void Listing(nint request, MountedItem folder, IReadOnlyList<MountedItem> items, int room, long offset)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(room);
        Span<byte> status = stackalloc byte[FuseStatus.EntryBytes];
        var used = 0;
        fixed (byte* start = buffer, stat = status)
        {
            for (var at = offset; at < items.Count + 2; at++)
            {
                var item = at < 2 ? folder : items[(int)at - 2];
                FuseStatus.Write(status, item);
                fixed (byte* name = Terminated(at switch { 0 => "."u8, 1 => ".."u8, _ => item.Node.Name.Bytes }))
                {
                    var needed = (int)FuseLibrary.AddEntry(request, start + used, (nuint)(room - used), name, stat, at + 1);
                    if (needed > room - used)
                        break;
                    used += needed;
                }
            }
        }

        Bytes(request, buffer.AsSpan(0, used));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static byte[] Terminated(ReadOnlySpan<byte> bytes) => [.. bytes, 0];
}
