using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

public sealed class HalfEvenTests
{
    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(7, 2, 4)]
    [InlineData(-5, 2, -2)]
    [InlineData(-7, 2, -4)]
    [InlineData(7, -2, -4)]
    [InlineData(1, 3, 0)]
    [InlineData(2, 3, 1)]
    [InlineData(-2, 3, -1)]
    public void Ties_go_to_the_even_integer(int numerator, int denominator, int expected)
    {
        Assert.Equal(expected, HalfEven.Divide((BigInteger)numerator, denominator));
        Assert.Equal(expected, HalfEven.Divide((Int128)numerator, denominator));
    }

    [Fact]
    public void All_widths_agree_with_decimal_rounding()
    {
        var random = new SplitMix64(4);
        for (var i = 0; i < 20_000; i++)
        {
            int numerator = random.Next(200_001) - 100_000, denominator = (1 + random.Next(64)) * (random.Next(2) == 0 ? 1 : -1);
            var expected = (long)Math.Round((decimal)numerator / denominator, MidpointRounding.ToEven);
            Assert.Equal(expected, HalfEven.Divide((BigInteger)numerator, denominator));
            Assert.Equal(expected, HalfEven.Divide((Int128)numerator, denominator));
        }
    }

    [Fact]
    public void The_ends_of_128_bits_divide()
    {
        Assert.Equal(Int128.MinValue, HalfEven.Divide(Int128.MinValue, Int128.One));
        Assert.Equal(Int128.One, HalfEven.Divide(Int128.MinValue, Int128.MinValue));
        Assert.Equal(UInt128.One, HalfEven.Divide(UInt128.MaxValue - 1, UInt128.MaxValue));
        Assert.Throws<OverflowException>(() => HalfEven.Divide(Int128.MinValue, Int128.NegativeOne));
        Assert.Throws<DivideByZeroException>(() => HalfEven.Divide(Int128.One, Int128.Zero));
    }

    [Fact]
    public void Integer_roots_are_the_greatest_below()
    {
        var random = new SplitMix64(5);
        for (var i = 0; i < 3_000; i++)
        {
            var value = (BigInteger)random.Next() * random.Next() >> random.Next(128);
            var root = IntegerSquareRoot.Floor(value);
            Assert.True(root * root <= value && (root + 1) * (root + 1) > value);
            Assert.Equal(root, IntegerSquareRoot.Exact(root * root));
        }

        Assert.Null(IntegerSquareRoot.Exact(2));
    }
}
