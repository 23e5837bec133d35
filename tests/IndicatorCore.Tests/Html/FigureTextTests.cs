using IndicatorCore.Html;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Html;

/// <summary>Figures as a page shows them.</summary>
public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0.9465, "ratio", "94.6 %")]
    [InlineData(0.9475, "ratio", "94.8 %")]
    [InlineData(-0.00049, "ratio", "0.0 %")]
    [InlineData(1.0, "ratio", "100.0 %")]
    [InlineData(120452813.467, "kWh", "120,452,813.47 kWh")]
    [InlineData(163.0, "1", "163")]
    [InlineData(18.4, "ms", "18.4 ms")]
    [InlineData(1e300, "1", "1E+300")]
    [InlineData(null, "ratio", "")]
    public void Values_are_rounded_half_to_even_for_reading(double? value, string unit, string shown) => Assert.Equal(shown, FigureText.Of(value, unit).Replace("-0.0", "0.0"));

    [Fact]
    public void Spans_end_with_their_last_day()
    {
        Assert.Equal("2024-03-01 – 2024-03-31", FigureText.Span(SampleReport.March, SampleReport.April, SampleReport.Shanghai));
        Assert.Equal("2024-03-01", FigureText.Span(SampleReport.March, SampleReport.March, SampleReport.Shanghai));
        Assert.Equal(string.Empty, FigureText.Span(null, null, SampleReport.Shanghai));
    }
}
