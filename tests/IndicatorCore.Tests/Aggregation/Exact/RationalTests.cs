using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

public sealed class RationalTests
{
    [Fact]
    public void Doubles_are_taken_exactly() => Prop.ForAll<double>(static value =>
    {
        if (double.IsFinite(value))
        {
            Assert.Equal(value, Rational.Of(value).ToDouble());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData(0.5, 1, 2)]
    [InlineData(-3.0, -3, 1)]
    [InlineData(-0.0, 0, 1)]
    public void Are_in_lowest_terms(double value, int numerator, int denominator)
    {
        var exact = Rational.Of(value);
        Assert.Equal((numerator, denominator), (exact.Numerator, exact.Denominator));
        Assert.Equal(exact, new Rational(-10 * numerator, -10 * denominator));
        Assert.Equal(BigInteger.One << 1_074, Rational.Of(double.Epsilon).Denominator);
    }

    [Fact]
    public void The_default_is_zero_and_nothing_is_divided_by_it()
    {
        Assert.Equal(new Rational(0, 5), default);
        Assert.True(default(Rational).IsZero);
        Assert.Throws<DivideByZeroException>(static () => new Rational(1, 1) / default(Rational));
        Assert.Throws<DivideByZeroException>(static () => new Rational(1, 0));
    }

    [Fact]
    public void They_compare_as_numbers_do() => Prop.ForAll<int, int>(static (a, b) =>
    {
        var (left, right) = (new Rational(a, 7), new Rational(b, 7));
        Assert.Equal(a < b, left < right);
        Assert.Equal(a > b, left > right);
        Assert.Equal(a <= b, left <= right);
        Assert.Equal(a >= b, left >= right);
        Assert.Equal(a.CompareTo(b), left.CompareTo(right));
    }).Check(Config.QuickThrowOnFailure);
}
