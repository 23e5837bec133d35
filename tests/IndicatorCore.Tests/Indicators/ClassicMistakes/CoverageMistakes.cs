using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.ClassicMistakes;

/// <summary>Classic mistakes with radio samples, by the numbers of indicator-definitions 11.</summary>
public sealed class CoverageMistakes
{
    private static readonly IndicatorQuery s_samples = Reports.NoFloor with { Select = ["cov_sample"] };

    private static ExportBuilder Placed => ExportBuilder.Table("radio").Time("event_ts").Keys("factory").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m");

    private static IndicatorQuery Grid(params (long X, long Y)[] cells) => Reports.NoFloor with
    {
        Registry = new IndicatorRegistry { Factories = [Registries.Factory("F1")], GridCells = Registries.Cells("F1", cells) },
        GroupBy = ["factory"],
        Select = ["cov_grid"],
    };

    [Fact]
    public void Mistake_01_a_share_of_two_lines_is_no_mean_of_their_shares()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Keys("line").Numbers("rsrp_dbm", "sinr_db")
            .Times(9, "2024-03-01 08:00", "L1", -80, 10).Row("2024-03-01 08:00", "L1", -120, 10).Row("2024-03-01 08:00", "L2", -80, 10).Row("2024-03-01 08:00", "L2", -120, 10);
        var report = Reports.Of(s_samples with { Registry = Registries.Of("L1:", "L2:"), GroupBy = ["line", "factory"] }, export);
        Assert.Equal((0.9, 0.5), (report.Row("cov_sample", "line=L1").Value, report.Row("cov_sample", "line=L2").Value));
        Assert.Equal(("10/12", 10.0 / 12), (report.Row("cov_sample", "factory=F1").Fraction(), report.Row("cov_sample", "factory=F1").Value));
    }

    [Fact]
    public void Mistake_04_the_zero_of_a_modem_that_is_out_is_no_coverage()
    {
        var out0 = Reports.Of(s_samples, ExportBuilder.Radio().Row("2024-03-01 08:00", null, null, 0, 0)).Row("cov_sample");
        Assert.Equal(("0/1", 1), (out0.Fraction(), out0.Evidence!.Unserved));
        var served = Reports.Of(s_samples, ExportBuilder.Radio().Row("2024-03-01 08:00", "c", "NR", 0, 0)).Row("cov_sample");
        Assert.Equal(("NOT_AVAILABLE(ZERO_DENOMINATOR)", 1), (served.StatusText(), served.Evidence!.Invalid));
    }

    [Fact]
    public void Mistake_05_unserved_samples_stay_in_the_denominator()
    {
        var export = ExportBuilder.Radio().Times(3, "2024-03-01 08:00", "c", "NR", -80, 10).Row("2024-03-01 08:01", null, null, null, null)
            .Row("2024-03-01 08:02", "c", "LTE", -70, 20);
        Assert.Equal("3/5", Reports.Of(s_samples, export).Row("cov_sample").Fraction());
    }

    [Fact]
    public void Mistake_15_levels_are_not_averaged_and_neither_are_percentiles()
    {
        var levels = ExportBuilder.Radio().Row("2024-03-01 08:00", "c", "NR", -70, 5).Row("2024-03-01 08:00", "c", "NR", -100, 5);
        Assert.Equal(-73.006, Reports.Of(Reports.NoFloor with { Select = ["rsrp_mean"] }, levels).Row("rsrp_mean").Value!.Value, 3);

        // the medians of the lines are 1 and 9, that of all packets is 1
        var packets = ExportBuilder.Table("probe").Time("event_ts").Keys("line").Numbers("latency_ms")
            .Times(9, "2024-03-01 08:00", "L1", 1).Times(3, "2024-03-01 08:00", "L2", 9);
        var report = Reports.Of(Reports.NoFloor with { Registry = Registries.Of("L1:", "L2:"), GroupBy = ["line", "factory"], Select = ["lat_p50"] }, packets);
        Assert.Equal((1, 9, 1), (report.Row("lat_p50", "line=L1").Value, report.Row("lat_p50", "line=L2").Value, report.Row("lat_p50", "factory=F1").Value));
    }

    [Theory]
    [InlineData(2374, "0/1")]
    [InlineData(2375, "1/1")]
    public void Mistake_18_a_threshold_is_judged_before_rounding(int covered, string expected)
    {
        var export = Placed.Times(covered, "2024-03-01 08:00", "F1", -80, 10, 5, 5).Times(2500 - covered, "2024-03-01 08:00", "F1", -120, 10, 5, 5);
        Assert.Equal(expected, Reports.Of(Grid((0, 0)), export).Row("cov_grid", "factory=F1").Fraction());
    }

    [Fact]
    public void Mistake_19_counts_of_cells_are_merged_and_not_their_flags()
    {
        var query = Grid((0, 0));
        using var engine = Reports.Engine(query, Placed.Times(3, "2024-03-01 08:00", "F1", -80, 10, 5, 5));
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", engine.Finish().Row("cov_grid", "factory=F1").StatusText());
        using var other = Reports.Engine(query, Placed.Times(3, "2024-03-02 08:00", "F1", -80, 10, 5, 5));
        engine.Merge(other);
        Assert.Equal("1/1", engine.Finish().Row("cov_grid", "factory=F1").Fraction());
    }

    [Fact]
    public void Mistake_26_a_negative_coordinate_is_rounded_down()
    {
        var report = Reports.Of(Grid((-1, -2)), Placed.Times(5, "2024-03-01 08:00", "F1", -80, 10, -0.5, -10.5));
        Assert.Equal(("1/1", 0L), (report.Row("cov_grid", "factory=F1").Fraction(), report.Manifest.CellsOutsidePlan));
    }

    [Fact]
    public void Mistake_27_a_share_and_a_density_are_two_indicators()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [Registries.Factory("F1") with { Zones = ["Z1"] }],
            Zones = [new ZoneRecord { Zone = "Z1", Population = 250_000, Additional = new Dictionary<string, string> { ["宏站"] = "120", ["微站"] = "80" } }],
            GridCells = Registries.Cells("F1", (0, 0)),
        };
        var report = Reports.Of(
            Reports.NoFloor with { Registry = registry, GroupBy = ["zone"], Select = ["bs_per_10k", "cov_grid", "cov_sample"] },
            Placed.Times(5, "2024-03-01 08:00", "F1", -80, 10, 5, 5));
        Assert.Equal((8.0, "1/10000"), (report.Row("bs_per_10k", "zone=Z1").Value, report.Row("bs_per_10k", "zone=Z1").Unit));
        Assert.Equal((1.0, "ratio"), (report.Row("cov_grid", "zone=Z1").Value, report.Row("cov_grid", "zone=Z1").Unit));
        var names = IndicatorCatalog.All.Select(static indicator => indicator.ChineseName).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain("5G网络覆盖率", names);
    }

    [Fact]
    public void Mistake_30_columns_of_neighbour_cells_are_not_of_the_serving_one()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Keys("cell", "rat").Numbers("NRxRSRP1", "NRxRSRQ1", "rsrp_dbm", "sinr_db")
            .Row("2024-03-01 08:00", "c", "LTE", -60, -5, -110, 5).Row("2024-03-01 08:01", "c", "NR", -60, -5, -110, 5);
        var row = Reports.Of(s_samples, export).Row("cov_sample");
        Assert.Equal(("0/2", 1, 1), (row.Fraction(), row.Evidence!.Unserved, row.Evidence.Valid));
    }
}
