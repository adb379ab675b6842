using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BackupOnline.Engine.Ids;

/// <summary>
/// The 32 bytes of a SHA-256, kept inline. The four words are the bytes in big-endian order, so that comparing words compares bytes.
/// <see cref="BlobId"/> and <see cref="ObjectId"/> wrap it, so that the hash of plain bytes cannot be taken for the hash of stored bytes.
/// </summary>
internal readonly record struct Hash256(ulong A, ulong B, ulong C, ulong D) : IComparable<Hash256>
{
    public const int ByteLength = 32;
    public const int HexLength = 64;

    public static Hash256 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[ByteLength];
        SHA256.HashData(bytes, digest);
        return FromBytes(digest);
    }

    public static Hash256 FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteLength)
            throw new ArgumentException($"An id is {ByteLength} bytes, not {bytes.Length}.", nameof(bytes));
        return new Hash256(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
    }

    /// <summary>Reads 64 lowercase hexadecimal digits; anything else, uppercase included, is refused as the format has one spelling only.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Hash256 hash)
    {
        Span<byte> utf8 = stackalloc byte[HexLength];
        hash = default;
        if (hex.Length != HexLength)
            return false;
        for (var i = 0; i < HexLength; i++)
        {
            if (hex[i] > 'f')
                return false;
            utf8[i] = (byte)hex[i];
        }

        return TryParse(utf8, out hash);
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Hex, out Hash256 hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[ByteLength];
        if (utf8Hex.Length != HexLength || utf8Hex.ContainsAnyInRange((byte)'A', (byte)'F')
            || Convert.FromHexString(utf8Hex, bytes, out _, out _) != OperationStatus.Done)
            return false;
        hash = FromBytes(bytes);
        return true;
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, A);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], D);
    }

    public void FormatHex(Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, utf8[..HexLength], out _);
    }

    public int CompareTo(Hash256 other) =>
        A != other.A ? A.CompareTo(other.A)
        : B != other.B ? B.CompareTo(other.B)
        : C != other.C ? C.CompareTo(other.C)
        : D.CompareTo(other.D);

    /// <summary>The words are uniformly distributed already: one of them is as good a hash code as any mix.</summary>
    public override int GetHashCode() => unchecked((int)(A >> 32));

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
