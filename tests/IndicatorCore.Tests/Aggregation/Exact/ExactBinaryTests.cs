using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Tests.Aggregation.Exact;

/// <summary>Doubles as integers.</summary>
public sealed class ExactBinaryTests
{
    [Fact]
    public void Every_finite_double_comes_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<long>(),
        static bits =>
        {
            var value = BitConverter.Int64BitsToDouble(bits);
            return !double.IsFinite(value) || ExactRatio.ToDouble(ExactBinary.Scaled(value), ExactBinary.One).Equals(value);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(-0.1)]
    [InlineData(2.2250738585072014e-308)]
    [InlineData(2.2250738585072009e-308)]
    public void So_do_those_at_the_borders(double value) => Assert.Equal(value, ExactRatio.ToDouble(ExactBinary.Scaled(value), ExactBinary.One));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_refused(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => ExactBinary.Scaled(value));
}
