using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace BackupOnline.Engine.Chunking;

/// <summary>
/// A polynomial over GF(2) of degree at most 63: bit i is the coefficient of x^i. A repository's chunker polynomial is irreducible, of degree 53.
/// </summary>
public readonly record struct Polynomial(ulong Bits)
{
    /// <summary>The degree that the format asks of a chunker polynomial.</summary>
    public const int ChunkerDegree = 53;

    /// <summary>The degree; -1 for zero.</summary>
    public int Degree => 63 - BitOperations.LeadingZeroCount(Bits);

    /// <summary>Draws random polynomials of degree 53 with constant term 1 until one is irreducible (about one in 27 is).</summary>
    public static Polynomial NewRandom()
    {
        Span<byte> bytes = stackalloc byte[8];
        while (true)
        {
            RandomNumberGenerator.Fill(bytes);
            var bits = BitConverter.ToUInt64(bytes) & ((1UL << ChunkerDegree) - 1);
            var candidate = new Polynomial(bits | (1UL << ChunkerDegree) | 1);
            if (candidate.IsIrreducible())
                return candidate;
        }
    }

    /// <summary>Reads hexadecimal digits without 0x, as the config has them.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Polynomial polynomial)
    {
        var parsed = ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
        polynomial = new Polynomial(bits);
        return parsed;
    }

    /// <summary>Ben-Or: irreducible when gcd(p, x^(2^i) - x) = 1 for every i up to half the degree.</summary>
    public bool IsIrreducible()
    {
        if (Degree < 1)
            return false;
        const ulong x = 2;
        var power = Mod(x, Bits);
        for (var i = 1; i <= Degree / 2; i++)
        {
            power = MultiplyMod(power, power, Bits);
            if (Gcd(Bits, power ^ Mod(x, Bits)) != 1)
                return false;
        }

        return true;
    }

    /// <summary>Lowercase hexadecimal digits without 0x.</summary>
    public override string ToString() => Bits.ToString("x", CultureInfo.InvariantCulture);

    private static ulong MultiplyMod(ulong a, ulong b, ulong modulus)
    {
        var top = 1UL << new Polynomial(modulus).Degree;
        ulong product = 0;
        for (; b != 0; b >>= 1)
        {
            if ((b & 1) != 0)
                product ^= a;
            a <<= 1;
            if ((a & top) != 0)
                a ^= modulus;
        }

        return product;
    }

    private static ulong Mod(ulong value, ulong modulus)
    {
        var degree = new Polynomial(modulus).Degree;
        for (var shift = new Polynomial(value).Degree - degree; shift >= 0; shift = new Polynomial(value).Degree - degree)
            value ^= modulus << shift;
        return value;
    }

    private static ulong Gcd(ulong a, ulong b)
    {
        while (b != 0)
            (a, b) = (b, Mod(a, b));
        return a;
    }
}
