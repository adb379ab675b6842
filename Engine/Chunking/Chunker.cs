using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Chunking;

/// <summary>
/// Finds where a file is cut: after the first byte, not before <see cref="MinLength"/>, where the Rabin fingerprint of the last 64 bytes has its
/// low 20 bits zero, and at <see cref="MaxLength"/> at the latest. The same polynomial gives the same cuts as every other client of the format.
/// Holds only tables: one instance serves any number of threads.
/// </summary>
public sealed class Chunker
{
    /// <summary>Bytes; a shorter file is one chunk.</summary>
    public const int MinLength = 512 * 1024;

    /// <summary>Bytes.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    /// <summary>The bits of a fingerprint that are zero at a cut.</summary>
    internal const ulong CutMask = (1UL << 20) - 1;

    private const int Window = 64;

    /// <summary>Bytes that one lane scans in a round; four lanes advance together, so that their table look-ups overlap.</summary>
    private const int LaneLength = 4096;

    private readonly ulong[] _out = new ulong[256];
    private readonly ulong[] _reduce = new ulong[256];
    private readonly int _shift;
    private readonly GaloisScan? _wide;

    /// <exception cref="ArgumentException">The polynomial is not irreducible or too small for a byte-wise fingerprint.</exception>
    public Chunker(Polynomial polynomial)
        : this(polynomial, GaloisScan.IsSupported)
    {
    }

    /// <summary>With or without the processor's wide instructions.</summary>
    internal Chunker(Polynomial polynomial, bool isWide)
    {
        if (polynomial.Degree is < 21 or > 55 || !polynomial.IsIrreducible())
            throw new ArgumentException($"'{polynomial}' cannot cut files: it must be irreducible and of degree 21 to 55.", nameof(polynomial));
        _shift = polynomial.Degree - 8;
        for (var value = 0; value < 256; value++)
        {
            var high = (ulong)value << polynomial.Degree;
            _reduce[value] = new Polynomial(high).Modulo(polynomial).Bits | high;
        }

        // What a byte still contributes to the fingerprint when it leaves the window, 63 bytes after it came in.
        for (var value = 0; value < 256; value++)
            _out[value] = Alone((byte)value, following: Window - 1);
        _wide = isWide ? new GaloisScan((place, value) => Alone(value, following: Window - 1 - place)) : null;
    }

    /// <summary>
    /// The length of the first chunk of <paramref name="bytes"/>, or -1 when no cut is in it yet. When the input ends there, the rest is the last chunk.
    /// </summary>
    /// <param name="bytes">From the start of the chunk.</param>
    /// <param name="searched">How many bytes of it an earlier call has searched in vain; 0 at first.</param>
    public int FindCut(ReadOnlySpan<byte> bytes, int searched = 0)
    {
        var limit = Math.Min(bytes.Length, MaxLength);
        var length = Math.Max(MinLength, searched + 1);
        if (_wide is not null)
        {
            for (; length + GaloisScan.Step - 1 <= limit; length += GaloisScan.Step)
            {
                var found = _wide.Find(bytes, length);
                if (found >= 0)
                    return found;
            }
        }

        while (length + (4 * LaneLength) <= limit)
        {
            var found = FindInLanes(bytes, length);
            if (found >= 0)
                return found;
            length += 4 * LaneLength;
        }

        if (length <= limit)
        {
            var found = FindInLane(bytes, length, limit);
            if (found >= 0)
                return found;
        }

        return limit == MaxLength ? MaxLength : -1;
    }

    /// <summary>The fingerprint of a byte with so many zero bytes behind it.</summary>
    private ulong Alone(byte value, int following)
    {
        var digest = Push(0, value);
        for (var i = 0; i < following; i++)
            digest = Push(digest, 0);
        return digest;
    }

    /// <summary>The fingerprint of the 64 bytes before <paramref name="length"/>, less its last byte: what a scan that begins there needs.</summary>
    private ulong WarmUp(ReadOnlySpan<byte> bytes, int length)
    {
        var digest = 0UL;
        foreach (var value in bytes.Slice(length - Window, Window - 1))
            digest = Push(digest, value);
        return digest;
    }

    private int FindInLane(ReadOnlySpan<byte> bytes, int from, int to)
    {
        var digest = WarmUp(bytes, from);
        digest = Push(digest, bytes[from - 1]);
        for (var length = from; ; length++)
        {
            if ((digest & CutMask) == 0)
                return length;
            if (length == to)
                return -1;
            digest = Push(digest ^ _out[bytes[length - Window]], bytes[length]);
        }
    }

    private int FindInLanes(ReadOnlySpan<byte> bytes, int from)
    {
        var (a, b, c, d) = (
            WarmUp(bytes, from),
            WarmUp(bytes, from + LaneLength),
            WarmUp(bytes, from + (2 * LaneLength)),
            WarmUp(bytes, from + (3 * LaneLength)));

        // Byte i of the region leaves the window of lane A when byte i + 64 enters it. The first to leave is outside of the warm-up: put it in.
        var region = bytes.Slice(from - Window - 1, (4 * LaneLength) + Window + 1);
        ref var at = ref MemoryMarshal.GetReference(region);
        ref var leaving = ref MemoryMarshal.GetArrayDataReference(_out);
        a ^= _out[region[0]];
        b ^= _out[region[LaneLength]];
        c ^= _out[region[2 * LaneLength]];
        d ^= _out[region[3 * LaneLength]];

        var first = int.MaxValue;
        for (var i = 0; i < LaneLength; i++, at = ref Unsafe.Add(ref at, 1))
        {
            a = Push(a ^ Unsafe.Add(ref leaving, at), Unsafe.Add(ref at, Window));
            b = Push(b ^ Unsafe.Add(ref leaving, Unsafe.Add(ref at, LaneLength)), Unsafe.Add(ref at, LaneLength + Window));
            c = Push(c ^ Unsafe.Add(ref leaving, Unsafe.Add(ref at, 2 * LaneLength)), Unsafe.Add(ref at, (2 * LaneLength) + Window));
            d = Push(d ^ Unsafe.Add(ref leaving, Unsafe.Add(ref at, 3 * LaneLength)), Unsafe.Add(ref at, (3 * LaneLength) + Window));
            if ((a & CutMask) == 0)
                return from + i;

            // A hit in a later lane counts only if the lanes before it end without one.
            if ((b & CutMask) == 0 || (c & CutMask) == 0 || (d & CutMask) == 0)
                first = Math.Min(first, FirstHit(from + i, b, c, d));
        }

        return first == int.MaxValue ? -1 : first;
    }

    private static int FirstHit(int length, ulong b, ulong c, ulong d) =>
        (b & CutMask) == 0 ? length + LaneLength
        : (c & CutMask) == 0 ? length + (2 * LaneLength)
        : (d & CutMask) == 0 ? length + (3 * LaneLength)
        : int.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Push(ulong digest, byte value) => ((digest << 8) | value) ^ Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_reduce), (byte)(digest >> _shift));
}
