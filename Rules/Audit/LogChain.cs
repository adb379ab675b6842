using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace BackupOnline.Rules.Audit;

/// <summary>
/// The chain of hashes over a log: whoever keeps one hash can later show that nothing before it was changed, left out or moved.
/// <para>Hash of entry n = SHA-256(canonical bytes of entry n, then the 32 bytes of the hash of entry n-1; 32 zeros before the first).</para>
/// <para>Canonical bytes, all integers big-endian:</para>
/// <list type="number">
/// <item>the 8 ASCII bytes <c>bo-log/1</c>;</item>
/// <item>text scope; 8 bytes number; 8 bytes time as whole microseconds since 1970-01-01T00:00:00Z, rounded down (signed);</item>
/// <item>text event, text actor, text subject; text address, or the 4 bytes <c>ff ff ff ff</c> when there is none;</item>
/// <item>4 bytes count of details, then text key and text value of each, in the order of the keys' UTF-8 bytes;</item>
/// <item>where a text is 4 bytes length in bytes, then that many bytes of UTF-8.</item>
/// </list>
/// </summary>
public static class LogChain
{
    /// <summary>The hash before the first entry, 64 zeros.</summary>
    public static string Origin { get; } = new('0', 64);

    // Invalid UTF-16 would become U+FFFD, and two different texts one: refuse it.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Hash of an entry, 64 lowercase hexadecimal digits.</summary>
    /// <param name="previous">Hash of the entry before, 64 hexadecimal digits; <see cref="Origin"/> before the first.</param>
    public static string Link(LogEntry entry, string previous)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        WriteCanonical(entry, bytes);
        var before = Convert.FromHexString(previous);
        if (before.Length != SHA256.HashSizeInBytes) throw new ArgumentException("A hash has 64 hexadecimal digits.", nameof(previous));

        bytes.Write(before);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    /// <summary>The canonical bytes of an entry, as described on <see cref="LogChain"/>.</summary>
    public static byte[] Canonical(LogEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        WriteCanonical(entry, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Verifies a run of entries with their hashes: numbers without gaps, one scope, and every hash made from the one before.
    /// Returns null when all is well, else the number of the first entry that does not fit. An empty run is well.
    /// </summary>
    /// <param name="before">Number and hash of the entry before the run; 0 and <see cref="Origin"/> for a run from the start.</param>
    public static long? FirstBroken(string scope, (long Number, string Hash) before, IEnumerable<(LogEntry Entry, string Hash)> run)
    {
        var (number, hash) = before;
        foreach (var (entry, claimed) in run)
        {
            number++;
            if (entry.Number != number || entry.Scope != scope || Link(entry, hash) != claimed) return number;
            hash = claimed;
        }

        return null;
    }

    private static void WriteCanonical(LogEntry entry, ArrayBufferWriter<byte> bytes)
    {
        bytes.Write("bo-log/1"u8);
        WriteText(bytes, entry.Scope);
        WriteLong(bytes, entry.Number);
        WriteLong(bytes, Microseconds(entry.At));
        WriteText(bytes, entry.Event);
        WriteText(bytes, entry.Actor);
        WriteText(bytes, entry.Subject);
        if (entry.Address is null) WriteInt(bytes, -1);
        else WriteText(bytes, entry.Address);

        WriteInt(bytes, entry.Details.Count);
        foreach (var (key, value) in entry.Details.Select(d => (Key: Utf8.GetBytes(d.Key), d.Value)).OrderBy(d => d.Key, ByteOrder))
        {
            WriteInt(bytes, key.Length);
            bytes.Write(key);
            WriteText(bytes, value);
        }
    }

    private static readonly Comparer<byte[]> ByteOrder = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static long Microseconds(Instant at)
    {
        var ticks = at.ToUnixTimeTicks();
        return (ticks - (((ticks % 10) + 10) % 10)) / 10;
    }

    private static void WriteText(ArrayBufferWriter<byte> bytes, string text)
    {
        var encoded = Utf8.GetBytes(text);
        WriteInt(bytes, encoded.Length);
        bytes.Write(encoded);
    }

    private static void WriteInt(ArrayBufferWriter<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), value);
        bytes.Advance(sizeof(int));
    }

    private static void WriteLong(ArrayBufferWriter<byte> bytes, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
    }
}
