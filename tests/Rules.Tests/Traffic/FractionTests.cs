using System.Numerics;
using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class FractionTests
{
    private static readonly Gen<Fraction> Fractions = Gen.Select(Gen.Long, Gen.Long.Where(d => d != 0)).Select((n, d) => new Fraction(n, d));

    [Theory]
    [InlineData("36", "36")]
    [InlineData("403/12", "403/12")]
    [InlineData("6/4", "3/2")]
    [InlineData("2.6", "13/5")]
    [InlineData("-0.5", "-1/2")]
    [InlineData("3/-6", "-1/2")]
    [InlineData("0/7", "0")]
    public void Text_is_read_exactly_and_written_in_lowest_terms(string text, string expected) => Assert.Equal(expected, Fraction.Parse(text).ToString());

    [Fact]
    public void The_default_value_is_nought() => Assert.Equal(Fraction.Zero, new Fraction(0, 5));

    [Fact]
    public void A_denominator_of_nought_is_refused() => Assert.Throws<DivideByZeroException>(() => new Fraction(1, 0));

    [Theory]
    [InlineData("7/2", 3)]
    [InlineData("-7/2", -4)]
    [InlineData("4", 4)]
    [InlineData("-4", -4)]
    public void The_floor_is_the_largest_whole_number_not_above(string text, int floor) => Assert.Equal(new BigInteger(floor), Fraction.Parse(text).Floor);

    [Fact]
    public void Sum_and_difference_product_and_quotient_undo_each_other() => Gen.Select(Fractions, Fractions).Sample((a, b) =>
    {
        Assert.Equal(a, a + b - b);
        if (b != Fraction.Zero) Assert.Equal(a, a / b * b);
        Assert.Equal(a, Fraction.Parse(a.ToString()));
    });

    [Fact]
    public void Order_is_the_sign_of_the_difference() => Gen.Select(Fractions, Fractions).Sample((a, b) =>
    {
        Assert.Equal(a < b, (a - b).Numerator.Sign < 0);
        Assert.Equal(a <= b, !(a > b));
        Assert.Equal(a >= b, !(a < b));
    });
}
