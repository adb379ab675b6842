using System.Collections.Concurrent;

namespace BackupOnline.Engine.Blobs;

/// <summary>zstd over native contexts that are kept and reused: making one per blob dominates on small files.</summary>
internal static unsafe class Zstd
{
    private const ulong ContentSizeUnknown = ulong.MaxValue;
    private const ulong ContentSizeError = ulong.MaxValue - 1;
    private const int ResetSessionOnly = 1;

    private static readonly ConcurrentBag<Context> Compressors = [];
    private static readonly ConcurrentBag<Context> Decompressors = [];

    /// <summary>A destination of this many bytes always suffices.</summary>
    public static int MaxCompressedLength(int plainLength) => checked((int)LibZstd.ZSTD_compressBound((nuint)plainLength));

    /// <summary>Bytes written; the destination is at least <see cref="MaxCompressedLength"/>.</summary>
    public static int Compress(ReadOnlySpan<byte> plain, Span<byte> destination, int level)
    {
        if (!Compressors.TryTake(out var context))
            context = new Context(LibZstd.ZSTD_createCCtx(), &LibZstd.ZSTD_freeCCtx);
        nuint written;
        fixed (byte* from = plain, to = destination)
            written = LibZstd.ZSTD_compressCCtx(context.Handle, to, (nuint)destination.Length, from, (nuint)plain.Length, level);
        Compressors.Add(context);
        return LibZstd.ZSTD_isError(written) == 0 ? (int)written : throw new InvalidOperationException("zstd could not compress into a buffer of the bound's size.");
    }

    /// <summary>True when the frame is whole and fills the destination exactly. A frame that would grow beyond it stops there.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> frame, Span<byte> destination)
    {
        var context = BorrowDecompressor();
        nuint written;
        fixed (byte* from = frame, to = destination)
            written = LibZstd.ZSTD_decompressDCtx(context.Handle, to, (nuint)destination.Length, from, (nuint)frame.Length);
        Decompressors.Add(context);
        return LibZstd.ZSTD_isError(written) == 0 && written == (nuint)destination.Length;
    }

    /// <summary>The plain length that the frame tells; null when it tells none, or is no frame.</summary>
    public static long? PlainLength(ReadOnlySpan<byte> frame) => DeclaredLength(frame) is var declared and <= long.MaxValue ? (long)declared : null;

    /// <summary>For frames whose plain length is told nowhere else; null when damaged or longer than <paramref name="maxLength"/>.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> frame, int maxLength)
    {
        var declared = DeclaredLength(frame);
        if (declared == ContentSizeUnknown)
            return DecompressByParts(frame, maxLength);
        if (declared == ContentSizeError || declared > (ulong)maxLength)
            return null;
        var plain = new byte[declared];
        return TryDecompress(frame, plain) ? plain : null;
    }

    private static ulong DeclaredLength(ReadOnlySpan<byte> frame)
    {
        fixed (byte* from = frame)
            return LibZstd.ZSTD_getFrameContentSize(from, (nuint)frame.Length);
    }

    private static byte[]? DecompressByParts(ReadOnlySpan<byte> frame, int maxLength)
    {
        var plain = new byte[Math.Min(maxLength, 64 << 10)];
        var context = BorrowDecompressor();
        try
        {
            _ = LibZstd.ZSTD_DCtx_reset(context.Handle, ResetSessionOnly);
            fixed (byte* from = frame)
            {
                var input = new ZstdBuffer { Start = from, Length = (nuint)frame.Length };
                nuint done = 0;
                while (true)
                {
                    nuint hint;
                    fixed (byte* to = plain)
                    {
                        var output = new ZstdBuffer { Start = to, Length = (nuint)plain.Length, Position = done };
                        hint = LibZstd.ZSTD_decompressStream(context.Handle, &output, &input);
                        done = output.Position;
                    }

                    if (LibZstd.ZSTD_isError(hint) != 0)
                        return null;
                    if (hint == 0)
                        return input.Position == input.Length ? plain[..(int)done] : null;
                    if (done < (nuint)plain.Length)
                        return null;
                    if (plain.Length >= maxLength)
                        return null;
                    Array.Resize(ref plain, (int)Math.Min(maxLength, plain.Length * 2L));
                }
            }
        }
        finally
        {
            Decompressors.Add(context);
        }
    }

    private static Context BorrowDecompressor() =>
        Decompressors.TryTake(out var context) ? context : new Context(LibZstd.ZSTD_createDCtx(), &LibZstd.ZSTD_freeDCtx);

    private sealed class Context(nint handle, delegate*<nint, nuint> free)
    {
        public nint Handle { get; } = handle != 0 ? handle : throw new InvalidOperationException("zstd could not make a context: no memory.");

        ~Context() => free(Handle);
    }
}
