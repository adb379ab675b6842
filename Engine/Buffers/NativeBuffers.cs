namespace BackupOnline.Engine.Buffers;

/// <summary>
/// Native buffers that are kept and lent again: the garbage collector keeps large arrays by powers of two and for long. The one that was returned last is lent first, so few of them ever have pages.
/// </summary>
internal static class NativeBuffers
{
    // The longest chunk of a file and what a frame or a seal adds at most; three of four chunks are shorter than 2 MiB.
    // Many hold a small file.
    private static readonly IdleBuffers Blobs = new((8 << 20) + (64 << 10), keep: 2 << 20, maxIdle: 16, smallPages: 2 << 20);

    // A pack of the usual size and a chunk that came last.
    private static readonly IdleBuffers Packs = new(25 << 20, keep: 17 << 20, maxIdle: 4);

    // Nearly every tree; a walk holds one for each folder that it is in.
    private static readonly IdleBuffers Trees = new(64 << 10, keep: 64 << 10, maxIdle: 64, smallPages: 64 << 10);

    /// <summary>For one tree.</summary>
    public static RentedBuffer RentForTree(int length) => length <= 64 << 10 ? Trees.Rent(length) : Blobs.Rent(length);

    /// <summary>For one blob, plain, compressed or sealed: at least this many bytes, with anything in them.</summary>
    public static RentedBuffer RentForBlob(int length) => Blobs.Rent(length);

    /// <summary>For a whole pack, or what of it is read at once.</summary>
    public static RentedBuffer RentForPack(int length) => Packs.Rent(length);

    /// <summary>Frees what nobody has.</summary>
    public static void FreeIdle()
    {
        Trees.FreeIdle();
        Blobs.FreeIdle();
        Packs.FreeIdle();
    }
}
