using System.Numerics;

namespace BackupOnline.Engine.Images;

/// <summary>
/// Images are cut at fixed places, so that a change of some bytes makes one block another one and moves no other. To the format the blocks are pieces of a file like any other.
/// </summary>
public static class ImageBlocks
{
    /// <summary>Bytes. scripts/bench.sh images compares the sizes.</summary>
    public const int DefaultSize = 512 << 10;

    public const int MinSize = 512 << 10;

    public const int MaxSize = 4 << 20;

    /// <summary>Whether images are cut into blocks of so many bytes.</summary>
    internal static bool IsSize(int bytes) => BitOperations.IsPow2(bytes) && bytes is >= MinSize and <= MaxSize;

    /// <summary>Number of blocks of an image; the last may be shorter.</summary>
    internal static int CountOf(long size, int blockSize) => checked((int)((size + blockSize - 1) / blockSize));

    /// <summary>Bytes of one of them.</summary>
    internal static int LengthOf(int number, long size, int blockSize) => (int)Math.Min(blockSize, size - ((long)number * blockSize));
}
