using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.PointFiles;

/// <summary>Tells by their magic numbers what partitions hold.</summary>
internal static class FileSystemKind
{
    public const string Ext = "ext4";
    public const string Ntfs = "ntfs";

    /// <summary>Bytes from the beginning that are looked at.</summary>
    private const int Head = 68 << 10;

    private static readonly (string Kind, int Offset, byte[] Magic)[] Known =
    [
        (Ext, 1024 + 56, [0x53, 0xef]),
        (Ntfs, 3, [.. "NTFS    "u8]),
        ("luks", 0, [.. "LUKS"u8, 0xba, 0xbe]),
        ("bitlocker", 3, [.. "-FVE-FS-"u8]),
        ("lvm", 512, [.. "LABELONE"u8]),
        ("xfs", 0, [.. "XFSB"u8]),
        ("btrfs", 0x10040, [.. "_BHRfS_M"u8]),
        ("refs", 3, [.. "ReFS"u8]),
        ("exfat", 3, [.. "EXFAT   "u8]),
        ("vfat", 82, [.. "FAT32   "u8]),
        ("vfat", 54, [.. "FAT1"u8]),
        ("swap", 4086, [.. "SWAPSPACE2"u8]),
    ];

    /// <summary>Such as <c>ext4</c> (which stands for ext2 and ext3 too), <c>ntfs</c>, <c>lvm</c>; null for what is not known.</summary>
    public static async Task<string?> OfAsync(ImageReader disk, Partition part, CancellationToken cancellation)
    {
        var head = new byte[Math.Min(Head, part.Length)];
        await disk.ReadAsync(part.Offset, head, cancellation);
        foreach (var (kind, offset, magic) in Known)
        {
            if (head.Length >= offset + magic.Length && head.AsSpan(offset, magic.Length).SequenceEqual(magic))
                return kind;
        }

        return null;
    }
}
