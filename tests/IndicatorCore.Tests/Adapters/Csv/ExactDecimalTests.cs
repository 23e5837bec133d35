using System.Text;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Sources;

namespace IndicatorCore.Tests.Adapters.Csv;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("+1.50", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-71", "-71")]
    [InlineData("51.928515000000004", "51.928515000000004")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999")]
    [InlineData("1.5E-05", "0.000015")]
    [InlineData("0E+00", "0")]
    [InlineData("12.5e-1", "1.25")]
    public void Numbers_are_read_exactly(string text, string expected)
    {
        Assert.Null(ExactDecimal.Parse(Encoding.ASCII.GetBytes(text), out var value));
        Assert.Equal(expected, value.ToString());
    }

    [Theory]
    [InlineData("1.7212E+12", QuarantineReason.PrecisionLost)]
    [InlineData("1e3", QuarantineReason.PrecisionLost)]
    [InlineData("-2.5E1", QuarantineReason.PrecisionLost)]
    [InlineData("", QuarantineReason.Unparseable)]
    [InlineData("-", QuarantineReason.Unparseable)]
    [InlineData(".", QuarantineReason.Unparseable)]
    [InlineData("1,5", QuarantineReason.Unparseable)]
    [InlineData("1.2.3", QuarantineReason.Unparseable)]
    [InlineData("1E", QuarantineReason.Unparseable)]
    [InlineData("inf", QuarantineReason.Unparseable)]
    [InlineData("0x10", QuarantineReason.Unparseable)]
    [InlineData("100000000000000000000", QuarantineReason.OutOfScale)]
    [InlineData("1E-9999", QuarantineReason.OutOfScale)]
    public void Others_have_a_reason(string text, string reason) =>
        Assert.Equal(reason, ExactDecimal.Parse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_fraction_too_long_to_store_still_rounds_as_the_exact_value_does()
    {
        // 0.5 and a little more, the little beyond the 18th digit: a plain cut would round to the even 0
        Assert.Null(ExactDecimal.Parse("0.50000000000000000000001"u8, out var above));
        Assert.Equal("0.500000000000000001", above.ToString());
        Assert.Null(ExactDecimal.Parse("-0.50000000000000000000001"u8, out var below));
        Assert.Equal("-0.500000000000000001", below.ToString());
        Assert.Null(ExactDecimal.Multiply(new ExactDecimal(1, 0), new ExactFraction(1, 3), out var third));
        Assert.Equal("0.333333333333333333", third.ToString());
    }

    [Fact]
    public void A_product_is_exact()
    {
        Assert.Null(ExactDecimal.Parse("30.5"u8, out var workers));
        Assert.Null(ExactDecimal.Parse("0.800570492"u8, out var productivity));
        Assert.Null(ExactDecimal.Multiply(workers, productivity, out var product));
        Assert.Equal("24.417400006", product.ToString());
        Assert.Equal(24_417_400_006_000, product.At(12));
        Assert.Equal(24.417400006, product.ToDouble());
    }
}
