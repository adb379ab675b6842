using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Blobs;

/// <summary>The functions of libzstd that the engine calls. The library comes with the package ZstdNet, whose managed wrapper would copy every buffer; the ahead-of-time compiled agent is linked with it.</summary>
internal static unsafe partial class LibZstd
{
    private const string Library = "libzstd";

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressCCtx(nint context, byte* to, nuint capacity, byte* from, nuint length, int level);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressBound(nuint length);

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createDCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_decompressDCtx(nint context, byte* to, nuint capacity, byte* from, nuint length);

    [LibraryImport(Library)]
    internal static partial ulong ZSTD_getFrameContentSize(byte* from, nuint length);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_decompressStream(nint context, ZstdBuffer* to, ZstdBuffer* from);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_DCtx_reset(nint context, int directive);

    [LibraryImport(Library)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    internal static partial nint ZSTD_versionString();
}
