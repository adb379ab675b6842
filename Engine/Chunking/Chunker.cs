using System.Runtime.CompilerServices;

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

    private const int Window = 64;
    private const ulong CutMask = (1UL << 20) - 1;

    /// <summary>Bytes that one lane scans in a round; four lanes advance together, so that their table look-ups overlap.</summary>
    private const int LaneLength = 1024;

    private readonly ulong[] _out = new ulong[256];
    private readonly ulong[] _reduce = new ulong[256];
    private readonly int _shift;

    /// <exception cref="ArgumentException">The polynomial is not irreducible or too small for a byte-wise fingerprint.</exception>
    public Chunker(Polynomial polynomial)
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
        {
            var digest = Push(0, (byte)value);
            for (var i = 0; i < Window - 1; i++)
                digest = Push(digest, 0);
            _out[value] = digest;
        }
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

        // The byte that leaves with the first step is outside of the warm-up: start with it not in the fingerprint.
        var region = bytes.Slice(from - Window - 1, (4 * LaneLength) + Window + 1);
        var (inA, outA) = (region.Slice(Window, LaneLength), region[..LaneLength]);
        var (inB, outB) = (region.Slice(Window + LaneLength, LaneLength), region.Slice(LaneLength, LaneLength));
        var (inC, outC) = (region.Slice(Window + (2 * LaneLength), LaneLength), region.Slice(2 * LaneLength, LaneLength));
        var (inD, outD) = (region.Slice(Window + (3 * LaneLength), LaneLength), region.Slice(3 * LaneLength, LaneLength));
        (a, b, c, d) = (a ^ _out[outA[0]], b ^ _out[outB[0]], c ^ _out[outC[0]], d ^ _out[outD[0]]);

        var (leaving, first) = (_out, int.MaxValue);
        for (var i = 0; i < LaneLength; i++)
        {
            a = Push(a ^ leaving[outA[i]], inA[i]);
            b = Push(b ^ leaving[outB[i]], inB[i]);
            c = Push(c ^ leaving[outC[i]], inC[i]);
            d = Push(d ^ leaving[outD[i]], inD[i]);
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
    private ulong Push(ulong digest, byte value) => ((digest << 8) | value) ^ _reduce[(int)(digest >> _shift) & 0xff];
}
