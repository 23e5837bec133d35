using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>Overall equipment effectiveness (indicator-definitions 7).</summary>
public sealed class OeeTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["oee"] };

    [Fact]
    public void W10_times_are_summed_before_they_are_divided()
    {
        var export = Seconds().Row("2024-03-01 08:00", "M1", 342, 360, 480 * 60, 400 * 60, 60).Row("2024-03-01 08:00", "M2", 60, 60, 120 * 60, 60 * 60, 30);
        var report = Reports.Of(s_query with { GroupBy = ["line", "province"] }, export);
        Assert.Equal(["0.7125 5.7/8", "0.8333333333333334 6.666666666667/8", "0.9 6/6.666666666667", "0.95 5.7/6"], Parts(report, "line=M1"));
        Assert.Equal(["0.25 0.5/2", "0.5 1/2", "0.5 0.5/1", "1 0.5/0.5"], Parts(report, "line=M2"));
        var whole = report.Row("oee", "province=");
        Assert.Equal((0.62, "6.2/10", "PUBLISHED", "ratio", "oee@1"), (whole.Value, whole.Fraction(), whole.StatusText(), whole.Unit, whole.Definition));
        Assert.Equal((2, 2, 0, 0), (whole.Evidence!.Received, whole.Evidence.Valid, whole.Evidence.Missing, whole.Evidence.Invalid));

        // the parts multiply to the whole at every level
        Assert.Equal(0.62, report.Row("oee.availability", "province=").Value!.Value * report.Row("oee.effectiveness", "province=").Value!.Value
            * report.Row("oee.quality", "province=").Value!.Value, 1e-15);
    }

    [Fact]
    public void W10_hours_give_the_same_as_seconds()
    {
        var hours = ExportBuilder.Table("production").Time("interval_start").Keys("line").Numbers("q_good", "q_total", "planned_busy_h", "actual_h", "ideal_h_per_unit")
            .Row("2024-03-01 08:00", "M1", 342, 360, 8, 400 / 60.0, 1 / 60.0).Row("2024-03-01 08:00", "M2", 60, 60, 2, 1, 1 / 120.0);
        var seconds = Seconds().Row("2024-03-01 08:00", "M1", 342, 360, 480 * 60, 400 * 60, 60).Row("2024-03-01 08:00", "M2", 60, 60, 120 * 60, 60 * 60, 30);
        Reports.AssertSame(Reports.Of(s_query, seconds), Reports.Of(s_query, hours));
    }

    [Fact]
    public void Performance_above_one_is_kept_and_flagged()
    {
        var report = Reports.Of(s_query, Seconds().Row("2024-03-01 08:00", "M1", 100, 100, 200, 100, 1.5));
        Assert.Equal((1.5, "PERFORMANCE_ABOVE_100", "PUBLISHED_WITH_WARNING"), (report.Row("oee.effectiveness").Value, report.Row("oee.effectiveness").FlagText(), report.Row("oee.effectiveness").StatusText()));
        Assert.Equal((0.75, "PERFORMANCE_ABOVE_100"), (report.Row("oee").Value, report.Row("oee").FlagText()));
        Assert.Equal("", Reports.Of(s_query, Seconds().Row("2024-03-01 08:00", "M1", 100, 100, 200, 150, 1.5)).Row("oee").FlagText());
    }

    [Fact]
    public void A_row_without_an_element_is_missing_and_an_idle_one_needs_no_run_time()
    {
        var report = Reports.Of(
            s_query,
            Seconds().Row("2024-03-01 08:00", "M1", 50, 50, 100, 80, 1)
                .Row("2024-03-01 09:00", "M1", 50, 50, null, 80, 1)
                .Row("2024-03-01 10:00", "M1", 50, 50, 100, double.NaN, 1)
                .Row("2024-03-01 11:00", "M1", 50, 50, 100, double.PositiveInfinity, 1)
                .Row("2024-03-01 12:00", "M1", 50, 50, 100, 80, null)
                .Row("2024-03-01 13:00", "M1", 0, 0, 100, 0, null));
        Assert.Equal("0.013888888889/0.055555555556", report.Row("oee").Fraction());
        Assert.Equal(0.25, report.Row("oee").Value);
        Assert.Equal((6, 2, 3, 1), (report.Row("oee").Evidence!.Received, report.Row("oee").Evidence!.Valid, report.Row("oee").Evidence!.Missing, report.Row("oee").Evidence!.Invalid));
    }

    [Fact]
    public void Products_beyond_64_bits_are_exact()
    {
        // 9e12 items of 9e11 s: 8.1e36 at 10⁻¹² s is above what a row may hold, a tenth of a millionth of it is not
        var large = Seconds().Row("2024-03-01 08:00", "M1", 3e9, 3e9, 9e12, 9e12, 9e3).Row("2024-03-02 08:00", "M1", 1, 3e9, 1, 1, 9e3);
        var row = Reports.Of(s_query, large).Row("oee");
        Assert.Equal((27_000_000_009_000m / 3_600).ToString("0.############"), row.Numerator.ToString());
        var absurd = Reports.Of(s_query, Seconds().Row("2024-03-01 08:00", "M1", 9e12, 9e12, 1, 1, 9e11)).Row("oee");
        Assert.Equal(("NOT_AVAILABLE(ZERO_DENOMINATOR)", 1), (absurd.StatusText(), absurd.Evidence!.Invalid));
    }

    [Fact]
    public void What_cannot_be_computed_says_why()
    {
        var none = ExportBuilder.Production().Row("2024-03-01 08:00", "L1", "P", 5, 1);
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Reports.Of(s_query, none).Row("oee").StatusText());
        var zero = Reports.Of(s_query, Seconds().Row("2024-03-01 08:00", "M1", 0, 0, 0, 0, 1));
        Assert.All(zero.Rows, static row => Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText()));
        Assert.Equal(4, zero.Rows.Count);
        var stopped = Reports.Of(s_query, Seconds().Row("2024-03-01 08:00", "M1", 0, 0, 60, 0, 1));
        Assert.Equal(
            ["PUBLISHED", "PUBLISHED", "NOT_AVAILABLE(ZERO_DENOMINATOR)", "NOT_AVAILABLE(ZERO_DENOMINATOR)"], stopped.Rows.Select(Reports.StatusText));
        var byDevice = Reports.Of(s_query with { GroupBy = ["device"] }, Seconds().Row("2024-03-01 08:00", "M1", 0, 0, 60, 0, 1));
        Assert.All(byDevice.Rows, static row => Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", row.StatusText()));
    }

    [Fact]
    public void A_part_comes_alone_and_wide_rows_count_alike()
    {
        var wide = ExportBuilder.Table("telemetry").Time("event_ts").Keys("line").Numbers("q_good", "q_total", "planned_busy_s", "actual_s", "ideal_s_per_unit")
            .Row("2024-03-01 08:00", "M1", 342, 360, 480 * 60, 400 * 60, 60).Row("2024-03-01 08:01", "M1", null, null, null, null, null);
        var report = Reports.Of(s_query with { Select = ["oee.quality"] }, wide);
        Assert.Equal(["oee.quality"], report.Rows.Select(static row => row.Indicator));
        Assert.Equal(("5.7/6", 1), (report.Row("oee.quality").Fraction(), report.Row("oee.quality").Evidence!.Received));
    }

    private static ExportBuilder Seconds() =>
        ExportBuilder.Table("production").Time("interval_start").Keys("line").Numbers("q_good", "q_total", "planned_busy_s", "actual_s", "ideal_s_per_unit");

    private static string[] Parts(IndicatorReport report, string group) =>
        [.. new[] { "oee", "oee.availability", "oee.effectiveness", "oee.quality" }.Select(id => report.Row(id, group)).Select(static row => FormattableString.Invariant($"{row.Value} {row.Fraction()}"))];
}
