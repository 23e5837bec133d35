using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

public sealed class ExactRatioTests
{
    [Fact]
    public void Ratios_of_integers_that_doubles_hold_divide_as_the_hardware_does()
    {
        var random = new SplitMix64(1);
        for (var i = 0; i < 20_000; i++)
        {
            long numerator = random.Next(int.MaxValue), denominator = 1 + random.Next(int.MaxValue - 1);
            Assert.Equal((double)numerator / denominator, ExactRatio.ToDouble(numerator, denominator));
            Assert.Equal(-(double)numerator / denominator, ExactRatio.ToDouble(-numerator, denominator));
        }
    }

    [Fact]
    public void Every_double_is_the_nearest_to_itself_and_neighbours_share_the_middle_evenly()
    {
        var random = new SplitMix64(2);
        for (var i = 0; i < 5_000; i++)
        {
            // One in eight is subnormal.
            var bits = random.Next() & 0x7FFF_FFFF_FFFF_FFFF;
            bits = i % 8 == 0 ? bits & 0x000F_FFFF_FFFF_FFFF : bits;
            var value = BitConverter.UInt64BitsToDouble(bits);
            if (!double.IsFinite(value) || !double.IsFinite(Math.BitIncrement(value)))
            {
                continue;
            }

            var (low, scale) = Exact(value);
            var (high, _) = Exact(Math.BitIncrement(value));
            var middle = low + high;
            var even = (bits & 1) == 0 ? value : Math.BitIncrement(value);
            Assert.Equal(value, ExactRatio.ToDouble(low, scale));
            Assert.Equal(even, ExactRatio.ToDouble(middle, 2 * scale));
            Assert.Equal(value, ExactRatio.ToDouble((1000 * middle) - 1, 2000 * scale));
            Assert.Equal(Math.BitIncrement(value), ExactRatio.ToDouble((1000 * middle) + 1, 2000 * scale));
        }
    }

    [Fact]
    public void Ends_of_the_range_overflow_and_vanish_as_IEEE_754_says()
    {
        var (greatest, scale) = Exact(double.MaxValue);
        var half = Exact(Math.ScaleB(1, 970)).Digits;   // half of the last bit of the greatest double
        Assert.Equal(double.PositiveInfinity, ExactRatio.ToDouble(greatest + half, scale));
        Assert.Equal(double.NegativeInfinity, ExactRatio.ToDouble(-greatest - half, scale));
        Assert.Equal(double.MaxValue, ExactRatio.ToDouble(greatest + half - 1, scale));
        Assert.Equal(double.PositiveInfinity, ExactRatio.ToDouble(BigInteger.One << 5000, 1));
        Assert.Equal(0, ExactRatio.ToDouble(1, BigInteger.One << 1075));
        Assert.Equal(double.Epsilon, ExactRatio.ToDouble(3, BigInteger.One << 1076));
        Assert.Equal(0, ExactRatio.ToDouble(1, BigInteger.One << 5000));
        Assert.Throws<DivideByZeroException>(() => ExactRatio.ToDouble(1, 0));
    }

    [Fact]
    public void Roots_are_the_nearest_doubles_by_exact_comparison()
    {
        var random = new SplitMix64(3);
        for (var i = 0; i < 2_000; i++)
        {
            BigInteger numerator = 1 + random.Next(1 << (1 + random.Next(29))), denominator = 1 + random.Next(1 << (1 + random.Next(29)));
            AssertNearest(ExactRatio.SqrtToDouble(numerator, denominator), 0, 1, 1, numerator, denominator);
            AssertNearest(ExactRatio.SqrtMinusOneToDouble(numerator, denominator), -1, 1, 1, numerator, denominator);
            AssertNearest(ExactRatio.OneMinusSqrtToDouble(numerator, denominator), 1, 1, -1, numerator, denominator);
            BigInteger termNumerator = random.Next(1000), termDenominator = 1 + random.Next(1000);
            var sum = ExactRatio.AddSqrtToDouble(termNumerator, termDenominator, -1, numerator, denominator);
            AssertNearest(sum, termNumerator, termDenominator, -1, numerator, denominator);
        }
    }

    [Fact]
    public void One_is_taken_off_before_rounding()
    {
        // √(1 + 2^-80) − 1 ≈ 2^-81; the rounded root is 1, and 1 − 1 would be 0.
        var denominator = BigInteger.One << 80;
        Assert.Equal(1, ExactRatio.SqrtToDouble(denominator + 1, denominator));
        Assert.Equal(Math.ScaleB(1, -81), ExactRatio.SqrtMinusOneToDouble(denominator + 1, denominator));
        Assert.Equal(0, ExactRatio.SqrtMinusOneToDouble(49, 49));
        Assert.Equal(0.5, ExactRatio.SqrtMinusOneToDouble(9, 4));
        Assert.Equal(0.25, ExactRatio.OneMinusSqrtToDouble(9, 16));
    }

    [Fact]
    public void A_root_of_a_negative_ratio_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactRatio.SqrtToDouble(-1, 2));

    /// <summary>A double as digits ÷ 2^1074.</summary>
    private static (BigInteger Digits, BigInteger Scale) Exact(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52);
        var significand = bits & 0xF_FFFF_FFFF_FFFF;
        var digits = exponent == 0 ? significand : new BigInteger(significand | (1L << 52)) << (exponent - 1);
        return (value < 0 ? -digits : digits, BigInteger.One << 1074);
    }

    /// <summary>Holds the exact value of term + sign·√ratio against the middles on either side of the double.</summary>
    private static void AssertNearest(
        double value, BigInteger termNumerator, BigInteger termDenominator, int sign, BigInteger numerator, BigInteger denominator)
    {
        var (digits, scale) = Exact(value);
        var below = Exact(Math.BitDecrement(value)).Digits + digits;
        var above = Exact(Math.BitIncrement(value)).Digits + digits;
        Assert.True(Compare(below) >= 0, $"{value:R} is too high");
        Assert.True(Compare(above) <= 0, $"{value:R} is too low");

        // The sign of term + sign·√ratio − bound ÷ (2·scale): compare √ratio with a rational by squares.
        int Compare(BigInteger bound)
        {
            var restNumerator = (bound * termDenominator) - (termNumerator * 2 * scale);
            var restDenominator = 2 * scale * termDenominator;
            restNumerator *= sign;
            var root = restNumerator.Sign < 0
                ? 1
                : (numerator * restDenominator * restDenominator).CompareTo(restNumerator * restNumerator * denominator);
            return sign * root;
        }
    }
}
