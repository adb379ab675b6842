using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace BackupOnline.Engine.Chunking;

/// <summary>
/// A polynomial over GF(2): bit <c>i</c> is the coefficient of <c>x^i</c>. A repository's config carries one, of degree <see cref="ChunkerDegree"/>:
/// it decides where files are cut, so that two repositories do not show by their blob sizes that they hold the same file.
/// </summary>
public readonly record struct Polynomial(ulong Bits)
{
    /// <summary>The degree that the repository format prescribes for its chunker.</summary>
    public const int ChunkerDegree = 53;

    /// <summary>The highest power with a coefficient; -1 for the zero polynomial.</summary>
    public int Degree => 63 - BitOperations.LeadingZeroCount(Bits);

    /// <summary>A random irreducible polynomial of degree <see cref="ChunkerDegree"/>, for a new repository.</summary>
    public static Polynomial NewRandom()
    {
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        while (true)
        {
            RandomNumberGenerator.Fill(random);
            var bits = BinaryPrimitives.ReadUInt64LittleEndian(random) & ((1UL << (ChunkerDegree + 1)) - 1);

            // The constant term must be 1, else x divides it.
            var candidate = new Polynomial(bits | (1UL << ChunkerDegree) | 1);
            if (candidate.IsIrreducible())
                return candidate;
        }
    }

    /// <summary>Reads lowercase or uppercase hexadecimal digits without a prefix, as in the config.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Polynomial polynomial)
    {
        var parsed = ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
        polynomial = new Polynomial(bits);
        return parsed;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">Not 1 to 16 hexadecimal digits.</exception>
    public static Polynomial Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out var polynomial) ? polynomial : throw new FormatException("A polynomial is 1 to 16 hexadecimal digits.");

    /// <summary>
    /// Ben-Or's test: a polynomial of degree n is irreducible when it shares no factor with <c>x^(2^i) - x</c> for i from 1 to n/2,
    /// since that product holds every irreducible polynomial whose degree divides i.
    /// </summary>
    public bool IsIrreducible()
    {
        if (Degree < 1)
            return false;
        var power = new Polynomial(2).Modulo(this);
        for (var i = 1; i <= Degree / 2; i++)
        {
            power = MultiplyModulo(power, power, this);
            if (GreatestCommonDivisor(this, new Polynomial(power.Bits ^ 2).Modulo(this)).Bits != 1)
                return false;
        }

        return true;
    }

    /// <summary>The remainder of the division by <paramref name="divisor"/>.</summary>
    public Polynomial Modulo(Polynomial divisor)
    {
        if (divisor.Bits == 0)
            throw new DivideByZeroException();
        var (bits, degree) = (Bits, divisor.Degree);
        for (var shift = Degree - degree; shift >= 0; shift = new Polynomial(bits).Degree - degree)
            bits ^= divisor.Bits << shift;
        return new Polynomial(bits);
    }

    /// <summary>Hexadecimal digits without a prefix and without leading zeros, as in the config.</summary>
    public override string ToString() => Bits.ToString("x", CultureInfo.InvariantCulture);

    private static Polynomial MultiplyModulo(Polynomial left, Polynomial right, Polynomial divisor)
    {
        var (product, shifted, high) = (0UL, left.Bits, 1UL << divisor.Degree);
        for (var rest = right.Bits; rest != 0; rest >>= 1)
        {
            if ((rest & 1) != 0)
                product ^= shifted;
            shifted <<= 1;
            if ((shifted & high) != 0)
                shifted ^= divisor.Bits;
        }

        return new Polynomial(product);
    }

    private static Polynomial GreatestCommonDivisor(Polynomial left, Polynomial right)
    {
        while (right.Bits != 0)
            (left, right) = (right, left.Modulo(right));
        return left;
    }
}
