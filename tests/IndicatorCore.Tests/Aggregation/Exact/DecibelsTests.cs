using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

/// <summary>Powers and levels in integers (indicator-definitions 1.5).</summary>
public sealed class DecibelsTests
{
    private static readonly BigInteger s_milliwatt = BigInteger.Pow(10, Decibels.PowerScale);

    [Fact]
    public void Every_level_at_a_tenth_of_a_decibel_comes_back()
    {
        for (var tenths = Decibels.LeastLevel; tenths <= 1_000; tenths++)
        {
            Assert.Equal(tenths / 10.0, Decibels.Level(Decibels.Power(tenths), s_milliwatt), 13);
        }
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(300, "1000")]
    [InlineData(-300, "0.001")]
    [InlineData(-1_600, "0.0000000000000001")]
    public void Whole_decades_are_exact(int tenths, string milliwatt) =>
        Assert.Equal(decimal.Parse(milliwatt, System.Globalization.CultureInfo.InvariantCulture), (decimal)ExactRatio.ToDouble(Decibels.Power(tenths), s_milliwatt));

    [Fact]
    public void Ten_decibels_are_ten_times_the_power()
    {
        for (var tenths = -1_500; tenths <= 500; tenths++)
        {
            Assert.Equal(Decibels.Power(tenths), 10 * Decibels.Power(tenths - 100));
        }
    }

    [Theory]
    [InlineData(2, 1, 3.0102999566398120)]
    [InlineData(1, 3, -4.7712125471966244)]
    [InlineData(1, 1, 0)]
    [InlineData(10, 1, 10)]
    public void Levels_are_ten_times_the_common_logarithm(int numerator, int denominator, double expected) =>
        Assert.Equal(expected, Decibels.Level(numerator, denominator));

    [Theory]
    [InlineData(-70_000_000, -700)]
    [InlineData(-70_050_000, -700)]
    [InlineData(-70_150_000, -702)]
    [InlineData(-70_050_001, -701)]
    [InlineData(49_999, 0)]
    [InlineData(150_000, 2)]
    public void Levels_are_taken_at_a_tenth_ties_to_even(long level, int tenths) => Assert.Equal(tenths, Decibels.Tenths(level));

    [Fact]
    public void What_has_no_logarithm_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Decibels.Level(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Decibels.Level(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Decibels.Power(Decibels.LeastLevel - 1));
    }
}
