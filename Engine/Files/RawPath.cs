using System.Text;

namespace BackupOnline.Engine.Files;

/// <summary>
/// A file name or a path as the kernel has it: bytes without NUL, of no particular encoding, separated by '/'.
/// Ordered and compared byte by byte. <see cref="ToString"/> is for people only, it does not lead back to the bytes.
/// </summary>
public readonly struct RawPath : IEquatable<RawPath>, IComparable<RawPath>
{
    private const byte Slash = (byte)'/';

    // With a closing NUL, so that no call of the system needs a copy.
    private readonly byte[]? _terminated;

    /// <summary>Copies the bytes.</summary>
    /// <exception cref="ArgumentException">A NUL byte, which no path can hold.</exception>
    public RawPath(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
            throw new ArgumentException("A path cannot contain a NUL byte.", nameof(bytes));
        _terminated = new byte[bytes.Length + 1];
        bytes.CopyTo(_terminated);
    }

    private RawPath(byte[]? terminated, int _) => _terminated = terminated;

    /// <summary>The path <c>/</c>.</summary>
    public static RawPath Root { get; } = FromText("/");

    public ReadOnlySpan<byte> Bytes => _terminated.AsSpan(0, Length);

    /// <summary>The bytes and a closing NUL, as system calls take them.</summary>
    internal ReadOnlySpan<byte> NullTerminated => _terminated ?? "\0"u8;

    /// <summary>Length in bytes.</summary>
    public int Length => _terminated is { } bytes ? bytes.Length - 1 : 0;

    public bool IsEmpty => Length == 0;

    public bool IsAbsolute => Bytes is [Slash, ..];

    /// <summary>The text in UTF-8.</summary>
    public static RawPath FromText(string text) => new(Encoding.UTF8.GetBytes(text).AsSpan());

    /// <summary>
    /// Whether this is one name of a folder's entry: not empty, not <c>.</c> or <c>..</c>, and no separator in it. Anything else in a tree is an attack or damage.
    /// </summary>
    public bool IsEntryName => Length > 0 && !Bytes.Contains(Slash) && !Bytes.SequenceEqual("."u8) && !Bytes.SequenceEqual(".."u8);

    /// <summary>Takes the bytes as they are; the last is the closing NUL.</summary>
    private static RawPath Terminated(byte[] bytes) => new(bytes, bytes.Length);

    /// <summary>This path, a separator where one is missing, and <paramref name="name"/>. Nothing is cleaned.</summary>
    public RawPath Join(RawPath name)
    {
        if (IsEmpty)
            return name;
        var separator = Bytes[^1] == Slash ? 0 : 1;
        var joined = new byte[Length + separator + name.Length + 1];
        Bytes.CopyTo(joined);
        if (separator == 1)
            joined[Length] = Slash;
        name.Bytes.CopyTo(joined.AsSpan(Length + separator));
        return Terminated(joined);
    }

    /// <summary>The shortest equal path: no empty or <c>.</c> components, <c>..</c> resolved by text, <c>.</c> when nothing is left.</summary>
    public RawPath Clean()
    {
        var kept = new List<Range>();
        foreach (var range in Bytes.Split(Slash))
        {
            var part = Bytes[range];
            if (part.IsEmpty || part.SequenceEqual("."u8))
                continue;
            if (!part.SequenceEqual(".."u8))
                kept.Add(range);
            else if (kept.Count > 0 && !Bytes[kept[^1]].SequenceEqual(".."u8))
                kept.RemoveAt(kept.Count - 1);
            else if (!IsAbsolute)
                kept.Add(range);
        }

        var clean = IsAbsolute ? Root : default;
        foreach (var range in kept)
            clean = clean.Join(new RawPath(Bytes[range]));
        return clean.IsEmpty ? FromText(".") : clean;
    }

    /// <summary>This path below <paramref name="folder"/> when it is relative, and cleaned.</summary>
    public RawPath MakeAbsolute(RawPath folder) => (IsAbsolute ? this : folder.Join(this)).Clean();

    /// <summary>The components of the path; the root of an absolute path is not one of them.</summary>
    public IReadOnlyList<RawPath> Components()
    {
        var parts = new List<RawPath>();
        foreach (var range in Bytes.Split(Slash))
        {
            if (!Bytes[range].IsEmpty)
                parts.Add(new RawPath(Bytes[range]));
        }

        return parts;
    }

    /// <summary>The last component of a clean path.</summary>
    public RawPath FileName => new(Bytes[(Bytes.LastIndexOf(Slash) + 1)..]);

    /// <summary>A clean path without its last component; the root and a single name give <c>/</c> and <c>.</c>.</summary>
    public RawPath Parent => Bytes.LastIndexOf(Slash) switch
    {
        < 0 => FromText("."),
        0 => Root,
        var slash => new RawPath(Bytes[..slash]),
    };

    public bool Equals(RawPath other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is RawPath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public int CompareTo(RawPath other) => Bytes.SequenceCompareTo(other.Bytes);

    public static bool operator ==(RawPath left, RawPath right) => left.Equals(right);

    public static bool operator !=(RawPath left, RawPath right) => !left.Equals(right);

    public static bool operator <(RawPath left, RawPath right) => left.CompareTo(right) < 0;

    public static bool operator >(RawPath left, RawPath right) => left.CompareTo(right) > 0;

    public static bool operator <=(RawPath left, RawPath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RawPath left, RawPath right) => left.CompareTo(right) >= 0;

    /// <summary>The bytes as UTF-8, with U+FFFD where they are not.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
