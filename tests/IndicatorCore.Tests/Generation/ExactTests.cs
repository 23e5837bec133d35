using System.Numerics;
using IndicatorCore.Generation.Expectations;

namespace IndicatorCore.Tests.Generation;

public sealed class ExactTests
{
    [Fact]
    public void Nearest_agrees_with_one_division_of_exact_doubles()
    {
        var state = 88172645463325252UL;
        for (var i = 0; i < 20_000; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            var (top, bottom) = ((long)(state >> 12), (long)(state & 0xFFFFFF) + 1);

            // Both are exact doubles, so one IEEE division is the correctly rounded quotient.
            Assert.Equal((double)top / bottom, Exact.Nearest(top, bottom));
            Assert.Equal(-(double)bottom / (top + 1), Exact.Nearest(-bottom, top + 1));
        }
    }

    [Theory]
    [InlineData("9007199254740993", "1", 9007199254740992.0)] // a tie goes to even
    [InlineData("9007199254740995", "1", 9007199254740996.0)]
    [InlineData("90071992547409930000000000000000001", "10000000000000000000", 9007199254740994.0)] // just above the tie
    [InlineData("2", "3", 2.0 / 3.0)]
    [InlineData("0", "3", 0.0)]
    public void Nearest_rounds_half_to_even(string top, string bottom, double expected) =>
        Assert.Equal(expected, Exact.Nearest(BigInteger.Parse(top), BigInteger.Parse(bottom)));

    [Fact]
    public void Roots_are_right_to_the_last_bit()
    {
        Assert.Equal(0.1, Exact.RootMinusOne(121, 100)); // W7a: sqrt(11/10 · 11/10) − 1
        Assert.Equal(0.09544511501033223, Exact.RootMinusOne(6, 5)); // W7b: sqrt(1.2) - 1 = 0.095445115010332226913...
        Assert.Equal(0, Exact.RootMinusOne(7, 7));
        Assert.Equal(1, Exact.RootMinusOne(4, 1));
    }

    [Theory]
    [InlineData(5, 2, 2)] // 2.5 goes to 2
    [InlineData(7, 2, 4)] // 3.5 goes to 4
    [InlineData(8, 3, 3)]
    public void Quotients_round_half_to_even(int top, int bottom, int expected) =>
        Assert.Equal(expected, Exact.RoundedQuotient(top, bottom));

    [Theory]
    [InlineData("1230", 0, "1230")]
    [InlineData("1230", 3, "1.23")]
    [InlineData("-25", 2, "-0.25")]
    [InlineData("5000", 3, "5")]
    [InlineData("0", 3, "0")]
    public void Decimals_have_no_exponent_and_no_trailing_zeros(string digits, int scale, string expected) =>
        Assert.Equal(expected, Exact.Text(BigInteger.Parse(digits), scale));
}
