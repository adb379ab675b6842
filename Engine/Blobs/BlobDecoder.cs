using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Blobs;

/// <summary>Opens one sealed blob and proves that it is the blob: MAC, length and hash.</summary>
internal static class BlobDecoder
{
    /// <summary>
    /// Null when the plain bytes are in <paramref name="plain"/>, which they fill exactly; else what is wrong with the sealed ones, as the end of a sentence.
    /// </summary>
    public static string? Decode(RepositoryCipher cipher, BlobId id, bool isCompressed, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        const string NotGenuine = "its authentication code does not fit";
        if (!isCompressed)
        {
            if (plain.Length != sealedBytes.Length - RepositoryCipher.Overhead || !cipher.TryOpen(sealedBytes, plain))
                return NotGenuine;
        }
        else
        {
            using var frame = NativeBuffers.RentForBlob(sealedBytes.Length);
            if (!cipher.TryOpen(sealedBytes, frame.Span))
                return NotGenuine;
            if (!Zstd.TryDecompress(frame.Span[..(sealedBytes.Length - RepositoryCipher.Overhead)], plain))
                return $"it does not decompress to {plain.Length} bytes";
        }

        return BlobId.Of(plain) == id ? null : "its content does not match its id";
    }
}
