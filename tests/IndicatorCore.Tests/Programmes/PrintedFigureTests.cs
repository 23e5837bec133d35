using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Programmes;

public sealed class PrintedFigureTests
{
    [Theory]
    [InlineData(0.9265, "92.6%")]   // a tie goes to the even digit
    [InlineData(0.9275, "92.8%")]
    [InlineData(0.92651, "92.7%")]
    [InlineData(0.9996, "100.0%")]
    [InlineData(-0.0005, "0.0%")]
    [InlineData(1, "100.0%")]
    public void Percent_has_one_decimal_with_ties_to_even(double ratio, string text) =>
        Assert.Equal(text, PrintedFigure.Cell(ratio, FieldFormat.Percent, unit: null, trace: null).Text.Replace("-", string.Empty, StringComparison.Ordinal));

    [Theory]
    [InlineData(6.8218623481781, "6.822")]
    [InlineData(0.5023536290904211, "0.502354")]
    [InlineData(7092535.6485, "7092535.648")]
    [InlineData(1e22, "1E+22")]
    [InlineData(0, "0")]
    public void Numbers_are_short_enough_to_read(double value, string text) =>
        Assert.Equal(text, PrintedFigure.Cell(value, FieldFormat.Number, unit: null, trace: null).Text);

    [Theory]
    [InlineData("2024-03-01", "2024-04-01", "2024-03")]
    [InlineData("2024-04-01", "2024-07-01", "2024-Q2")]
    [InlineData("2024-01-01", "2025-01-01", "2024")]
    [InlineData("2024-02-01", "2024-05-01", "2024-02-01至2024-04-30")]
    public void Milestones_are_named_by_the_calendar(string from, string to, string name) =>
        Assert.Equal(name, PrintedFigure.Milestone(Midnight(from), Midnight(to), SampleReport.Shanghai));

    private static long Midnight(string date) => (new DateTimeOffset(DateTime.Parse(date), TimeSpan.FromHours(8)) - DateTimeOffset.UnixEpoch).Ticks * 100;
}
