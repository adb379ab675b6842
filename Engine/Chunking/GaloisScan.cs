using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackupOnline.Engine.Chunking;

/// <summary>
/// The search for a cut with the processor's Galois field instructions (GFNI), many positions at a time. The fingerprint of 64 bytes is linear over GF(2): each byte adds to it
/// what depends on its value and its place alone. So the lowest 8 bits of the fingerprints of 32 neighbouring positions are 64 products of a bit matrix with 32 bytes each;
/// where they are all zero, as at one place of 256, a table has the other 12.
/// </summary>
internal sealed class GaloisScan
{
    /// <summary>Positions that one call looks at.</summary>
    public const int Step = Rows * Width;

    private const int Window = 64;
    private const int Width = 32;
    private const int Rows = 8;
    private const int LowBits = 8;

    // One for each place in the window, the oldest byte first.
    private readonly ulong[] _matrices = new ulong[Window];

    // Bits 8 to 19 of what a byte adds, by place and value.
    private readonly ushort[] _rest = new ushort[Window * 256];

    /// <param name="fingerprint">The fingerprint of 64 bytes, of which only the byte at a place (0 is the oldest) is not zero.</param>
    public GaloisScan(Func<int, byte, ulong> fingerprint)
    {
        for (var place = 0; place < Window; place++)
        {
            var rest = _rest.AsSpan(place * 256, 256);
            for (var bit = 0; bit < 8; bit++)
            {
                var alone = fingerprint(place, (byte)(1 << bit));
                _matrices[place] |= Column(alone, bit);
                rest[1 << bit] = (ushort)((alone & Chunker.CutMask) >> LowBits);
            }

            // The other values are sums of those with one bit.
            for (var value = 1; value < 256; value++)
                rest[value] = (ushort)(rest[value & (value - 1)] ^ rest[value & -value]);
        }
    }

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => Gfni.V256.IsSupported;

    /// <summary>
    /// The first length from <paramref name="from"/> to <paramref name="from"/> + <see cref="Step"/> - 1 at which the fingerprint of the 64 bytes before it ends in 20 zeros, or -1.
    /// The bytes reach to the last of these lengths at least.
    /// </summary>
    public int Find(ReadOnlySpan<byte> bytes, int from)
    {
        var region = bytes.Slice(from - Window, Window + Step - 1);
        Span<ulong> candidates = stackalloc ulong[Step / 64];
        FindCandidates(region, candidates);
        for (var word = 0; word < candidates.Length; word++)
        {
            for (var left = candidates[word]; left != 0; left &= left - 1)
            {
                var position = (word * 64) + BitOperations.TrailingZeroCount(left);
                if (IsCut(region.Slice(position, Window)))
                    return from + position;
            }
        }

        return -1;
    }

    /// <summary>The bits of a fingerprint's lowest byte where the instruction has them: the row that makes bit i is byte 7 - i, and the column within it is the bit of the value.</summary>
    private static ulong Column(ulong fingerprint, int bit)
    {
        var matrix = 0UL;
        for (var i = 0; i < 8; i++)
            matrix |= ((fingerprint >> i) & 1) << (((7 - i) * 8) + bit);
        return matrix;
    }

    /// <summary>Sets the bits of the positions whose fingerprint ends in 8 zeros. By itself, without a call in it: so its sums stay in registers.</summary>
    private void FindCandidates(ReadOnlySpan<byte> region, Span<ulong> candidates)
    {
        ref var at = ref MemoryMarshal.GetReference(region);
        var (a, b, c, d) = (Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero);
        var (e, f, g, h) = (Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero);
        foreach (var place in _matrices)
        {
            var matrix = Vector256.Create(place).AsByte();
            a ^= Product(ref at, 0, matrix);
            b ^= Product(ref at, 1, matrix);
            c ^= Product(ref at, 2, matrix);
            d ^= Product(ref at, 3, matrix);
            e ^= Product(ref at, 4, matrix);
            f ^= Product(ref at, 5, matrix);
            g ^= Product(ref at, 6, matrix);
            h ^= Product(ref at, 7, matrix);
            at = ref Unsafe.Add(ref at, 1);
        }

        candidates[0] = Zeros(a, b);
        candidates[1] = Zeros(c, d);
        candidates[2] = Zeros(e, f);
        candidates[3] = Zeros(g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Product(ref byte at, nuint row, Vector256<byte> matrix) =>
        Gfni.V256.GaloisFieldAffineTransform(Vector256.LoadUnsafe(ref at, row * Width), matrix, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zeros(Vector256<byte> first, Vector256<byte> second) =>
        Vector256.Equals(first, Vector256<byte>.Zero).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(second, Vector256<byte>.Zero).ExtractMostSignificantBits() << Width);

    private bool IsCut(ReadOnlySpan<byte> window)
    {
        ref var rest = ref MemoryMarshal.GetArrayDataReference(_rest);
        var sum = 0;
        for (var place = 0; place < window.Length; place++)
            sum ^= Unsafe.Add(ref rest, (place * 256) + window[place]);
        return sum == 0;
    }
}
