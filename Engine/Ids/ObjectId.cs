using System.Text.Json.Serialization;

namespace BackupOnline.Engine.Ids;

/// <summary>
/// The SHA-256 of an object's stored (sealed) bytes: the name of a pack, index, snapshot, key or lock in the store.
/// Written as 64 lowercase hexadecimal digits. A value type without an array: comparing and hashing allocate nothing.
/// </summary>
[JsonConverter(typeof(ObjectIdJsonConverter))]
public readonly record struct ObjectId : IComparable<ObjectId>
{
    /// <summary>Length in bytes.</summary>
    public const int ByteLength = Hash256.ByteLength;

    /// <summary>Length in hexadecimal digits.</summary>
    public const int HexLength = Hash256.HexLength;

    private readonly Hash256 _hash;

    private ObjectId(Hash256 hash) => _hash = hash;

    internal Hash256 Hash => _hash;

    /// <summary>All bytes zero: not the hash of anything, the value of <c>default</c>.</summary>
    public bool IsZero => _hash == default;

    internal static ObjectId Of(Hash256 hash) => new(hash);

    /// <summary>The SHA-256 of <paramref name="bytes"/>.</summary>
    public static ObjectId Of(ReadOnlySpan<byte> bytes) => new(Hash256.Of(bytes));

    /// <summary>Takes exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static ObjectId FromBytes(ReadOnlySpan<byte> bytes) => new(Hash256.FromBytes(bytes));

    /// <summary>Reads exactly 64 lowercase hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out ObjectId id)
    {
        var parsed = Hash256.TryParse(hex, out var hash);
        id = new ObjectId(hash);
        return parsed;
    }

    /// <summary>Reads exactly 64 lowercase hexadecimal digits in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8Hex, out ObjectId id)
    {
        var parsed = Hash256.TryParse(utf8Hex, out var hash);
        id = new ObjectId(hash);
        return parsed;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out ObjectId)"/>.</summary>
    /// <exception cref="FormatException">Not 64 lowercase hexadecimal digits.</exception>
    public static ObjectId Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out var id) ? id : throw new FormatException("An id is 64 lowercase hexadecimal digits.");

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => _hash.CopyTo(destination);

    /// <summary>Writes the 64 hexadecimal digits in UTF-8.</summary>
    public void FormatHex(Span<byte> utf8) => _hash.FormatHex(utf8);

    /// <summary>The first 8 hexadecimal digits, as shown to people.</summary>
    public string ToShortString() => ToString()[..8];

    /// <summary>Byte order.</summary>
    public int CompareTo(ObjectId other) => _hash.CompareTo(other._hash);

    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;

    /// <summary>Uniform, because the bytes are a SHA-256.</summary>
    public override int GetHashCode() => _hash.GetHashCode();

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public override string ToString() => _hash.ToString();
}
