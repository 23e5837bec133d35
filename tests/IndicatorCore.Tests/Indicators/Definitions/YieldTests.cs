using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>First pass yield and scrap rate (indicator-definitions 7).</summary>
public sealed class YieldTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["fpy", "scrap"] };

    [Fact]
    public void Are_ratios_of_sums()
    {
        var export = Production().Row("2024-03-01 08:00", "L1", null, 90, 100, 100, 80).Row("2024-03-01 08:00", "L2", null, 10, 10, 10, 10);
        var report = Reports.Of(s_query with { GroupBy = ["line", "province"] }, export);
        Assert.Equal(("90/110", 9.0 / 11), (report.Row("fpy", "province=").Fraction(), report.Row("fpy", "province=").Value));
        Assert.Equal(("10/110", 1.0 / 11), (report.Row("scrap", "province=").Fraction(), report.Row("scrap", "province=").Value));
        Assert.Equal("80/100", report.Row("fpy", "line=L1").Fraction());
        Assert.Equal(("0/10", 0.0), (report.Row("scrap", "line=L2").Fraction(), report.Row("scrap", "line=L2").Value));
    }

    [Fact]
    public void Missing_output_is_left_out_and_never_zero()
    {
        var export = Production().Row("2024-03-01 08:00", "L1", null, null, 100, 100, null).Row("2024-03-01 08:00", "L1", null, 45, 50, 50, 40);
        var report = Reports.Of(s_query, export);
        Assert.Equal(("40/50", "5/50"), (report.Row("fpy").Fraction(), report.Row("scrap").Fraction()));
        Assert.Equal((2, 1, 1), (report.Row("scrap").Evidence!.Received, report.Row("scrap").Evidence!.Valid, report.Row("scrap").Evidence!.Missing));
    }

    [Fact]
    public void Different_units_are_never_added()
    {
        var export = Production().Row("2024-03-01 08:00", "L1", "t", 9, 10, 10, 8).Row("2024-03-01 08:00", "L2", "件", 10, 10, 10, 10).Row("2024-03-01 08:00", "L1", null, 9, 10, 10, 8);
        var report = Reports.Of(s_query with { GroupBy = ["line", "province"] }, export);
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", report.Row("fpy", "province=").StatusText());
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", report.Row("scrap", "province=").StatusText());
        Assert.Equal("16/20", report.Row("fpy", "line=L1").Fraction());
    }

    [Fact]
    public void What_cannot_be_computed_says_why()
    {
        var none = ExportBuilder.Production().Row("2024-03-01 08:00", "L1", "P", 5, 1);
        Assert.All(Reports.Of(s_query, none).Rows, static row => Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", row.StatusText()));
        var zero = Production().Row("2024-03-01 08:00", "L1", null, 0, 0, 0, 0);
        Assert.All(Reports.Of(s_query, zero).Rows, static row => Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText()));
    }

    private static ExportBuilder Production() =>
        ExportBuilder.Table("production").Time("interval_start").Keys("line", "unit").Numbers("q_good", "q_total", "q_started", "q_first_pass");
}
