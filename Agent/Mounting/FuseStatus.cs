using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BackupOnline.Engine.Mounting;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Mounting;

/// <summary>Writes <c>struct stat</c> of 64-bit Linux, which x64 and arm64 lay out differently, and <c>struct fuse_entry_param</c> around it.</summary>
internal static class FuseStatus
{
    /// <summary>Enough for either.</summary>
    public const int EntryBytes = 176;

    private const int BlockBytes = 4096;
    private const int StatusAt = 16;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static int StatusBytes => IsArm ? 128 : 144;

    /// <summary>The answer to a lookup.</summary>
    public static void WriteEntry(Span<byte> entry, MountedItem item, double timeout)
    {
        entry.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(entry, item.Number);
        Write(entry[StatusAt..], item);
        BinaryPrimitives.WriteDoubleLittleEndian(entry[(StatusAt + StatusBytes)..], timeout);
        BinaryPrimitives.WriteDoubleLittleEndian(entry[(StatusAt + StatusBytes + 8)..], timeout);
    }

    public static void Write(Span<byte> status, MountedItem item)
    {
        var node = item.Node;
        status[..StatusBytes].Clear();
        var size = node.Type switch
        {
            NodeType.File => node.Size,
            NodeType.Symlink => (ulong)node.LinkTarget.Length,
            _ => 0UL,
        };

        // One link of a folder tells programs not to count subfolders by it.
        var links = node.Type == NodeType.Folder ? 1 : Math.Max(1, node.Links);
        Put64(status, 8, item.Number);
        if (IsArm)
        {
            Put32(status, 16, ModeOf(node));
            Put32(status, 20, (uint)links);
            Put32(status, 24, node.Uid);
            Put32(status, 28, node.Gid);
            Put64(status, 32, node.Device);
            Put64(status, 48, size);
            Put32(status, 56, BlockBytes);
        }
        else
        {
            Put64(status, 16, links);
            Put32(status, 24, ModeOf(node));
            Put32(status, 28, node.Uid);
            Put32(status, 32, node.Gid);
            Put64(status, 40, node.Device);
            Put64(status, 48, size);
            Put64(status, 56, BlockBytes);
        }

        Put64(status, 64, (size + 511) / 512);
        PutTime(status, 72, node.AccessedAt);
        PutTime(status, 88, node.ModifiedAt);
        PutTime(status, 104, node.ChangedAt);
    }

    // The type that the node tells, as its mode may tell another.
    private static uint ModeOf(TreeNode node) => node.Mode.UnixPermissions | node.Type switch
    {
        NodeType.Folder => 0x4000u,
        NodeType.Symlink => 0xa000u,
        NodeType.BlockDevice => 0x6000u,
        NodeType.CharacterDevice => 0x2000u,
        NodeType.Fifo => 0x1000u,
        NodeType.Socket => 0xc000u,
        _ => 0x8000u,
    };

    private static void PutTime(Span<byte> status, int at, NodeTime time)
    {
        Put64(status, at, (ulong)time.Seconds);
        Put64(status, at + 8, (ulong)time.Nanoseconds);
    }

    private static void Put64(Span<byte> status, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(status[at..], value);

    private static void Put32(Span<byte> status, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(status[at..], value);
}
