using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>Energy per unit of output (indicator-definitions 7).</summary>
public sealed class EnergyIntensityTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["energy_intensity"] };

    [Fact]
    public void W11_energy_of_idle_time_is_included()
    {
        var row = Reports.Of(s_query, Energy().Row("2024-03-01 08:00", "L1", "t", 1000, 500).Row("2024-03-01 09:00", "L1", "t", 300, 50).Row("2024-03-01 10:00", "L1", "t", 100, 0))
            .Row("energy_intensity");
        Assert.Equal((28.0 / 11, "1400/550", "kWh/t", "PUBLISHED"), (row.Value, row.Fraction(), row.Unit, row.StatusText()));
        Assert.Equal((3, 3, 0), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
    }

    [Fact]
    public void Coal_equivalent_is_a_row_of_its_own()
    {
        var report = Reports.Of(s_query, Energy().Row("2024-03-01 08:00", "L1", "t", 1000, 500));
        var row = report.Row("energy_intensity.kgce");
        Assert.Equal((0.2458, "122.9/500", "kgce/t"), (row.Value, row.Fraction(), row.Unit));
        Assert.Equal(
            ["energy_intensity", "energy_intensity.fisher", "energy_intensity.kgce", "energy_intensity.laspeyres", "energy_intensity.paasche"],
            report.Rows.Select(static found => found.Indicator).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Output_comes_from_production_where_energy_has_none()
    {
        var energy = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", 1000).Row("2024-03-01 09:00", "L1", 400).Row("2024-03-01 10:00", "L2", 5).Row("2024-03-01 10:00", "L1", null);
        var production = ExportBuilder.Table("production").Time("interval_start").Keys("line", "unit").Numbers("q_good")
            .Row("2024-03-01 08:30", "L1", "件", 550).Row("2024-03-01 08:30", "L1", "件", null).Row("2024-03-01 08:30", "L3", "t", 1);
        var report = Reports.Of(s_query with { GroupBy = ["line", "province"] }, production, energy);
        var row = report.Row("energy_intensity", "line=L1");
        Assert.Equal((28.0 / 11, "1400/550", "kWh/件"), (row.Value, row.Fraction(), row.Unit));
        Assert.Equal((3, 2, 1), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", report.Row("energy_intensity", "line=L2").StatusText());
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", report.Row("energy_intensity", "province=").StatusText());
    }

    [Fact]
    public void Missing_output_is_not_idle()
    {
        var row = Reports.Of(s_query, Energy().Row("2024-03-01 08:00", "L1", "t", 1000, 500).Row("2024-03-01 09:00", "L1", "t", 300, null).Row("2024-03-01 10:00", "L1", "t", null, 7))
            .Row("energy_intensity");
        Assert.Equal(("1000/500", 3, 1, 2), (row.Fraction(), row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
    }

    [Fact]
    public void Different_units_are_never_added()
    {
        var export = Energy().Row("2024-03-01 08:00", "L1", "t", 1000, 500).Row("2024-03-01 08:00", "L2", "件", 10, 10).Row("2024-03-01 08:00", "L2", null, 10, 10);
        var report = Reports.Of(s_query with { GroupBy = ["line", "province"] }, export);
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", report.Row("energy_intensity", "province=").StatusText());
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", report.Row("energy_intensity.kgce", "province=").StatusText());
        Assert.Equal(("20/20", "kWh/件"), (report.Row("energy_intensity", "line=L2").Fraction(), report.Row("energy_intensity", "line=L2").Unit));
    }

    [Fact]
    public void Several_units_roll_up_by_the_index()
    {
        // E_P = (500·1000/500 + 10·10/10) / (900 + 8), E_L = (1000 + 10) / (500·900/500 + 10·8/10)
        var export = Energy().Row("2023-03-01 08:00", "L1", "t", 1000, 500).Row("2023-03-01 08:00", "L2", "件", 10, 10)
            .Row("2024-03-01 08:00", "L1", "t", 900, 500).Row("2024-03-01 08:00", "L2", null, 8, 10);
        var report = Laws.Hold(Phased with { GroupBy = ["province", "line"] }, export, Energy().Row("2022-01-01 08:00", "L1", "t", 1, 1));
        Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", report.Row("energy_intensity", "province=").StatusText());
        var row = report.Row("energy_intensity.fisher", "province=");
        Assert.Equal((102.0 / 1_010, "PUBLISHED_WITH_WARNING", "PHASES_GIVEN", "2024-01-01..2024-03-02"), (row.Value, row.StatusText(), row.FlagText(), row.WindowText()));
        Assert.Equal(("908/1010", 102.0 / 1_010), (report.Row("energy_intensity.paasche", "province=").Fraction(), report.Row("energy_intensity.laspeyres", "province=").Value));
        Assert.Equal(0.1, report.Row("energy_intensity.fisher", "line=L1").Value);
        Assert.Equal("energy_intensity@1", row.Definition);
    }

    [Fact]
    public void The_energy_of_a_line_with_several_units_is_unmatched()
    {
        var energy = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
            .Row("2023-03-01 08:00", "L1", 100).Row("2024-03-01 08:00", "L1", 80).Row("2023-03-01 08:00", "L2", 25).Row("2024-03-01 08:00", "L2", 20);
        var production = ExportBuilder.Table("production").Time("interval_start").Keys("line", "unit").Numbers("q_good")
            .Row("2023-03-01 09:00", "L1", "件", 10).Row("2024-03-01 09:00", "L1", "件", 10)
            .Row("2023-03-01 09:00", "L2", "件", 10).Row("2023-03-01 09:00", "L2", "t", 10).Row("2024-03-01 09:00", "L2", "t", 10);
        var report = Reports.Of(Phased with { GroupBy = ["line", "province"] }, production, energy);
        Assert.Equal(0.2, report.Row("energy_intensity.fisher", "line=L1").Value);
        Assert.Equal("SUPPRESSED(MATCHED_SHARE_LOW)", report.Row("energy_intensity.fisher", "line=L2").StatusText());
        Assert.Equal((0.2, "0.8"), (report.Row("energy_intensity.fisher", "province=").Value, report.Row("energy_intensity.fisher", "province=").Evidence("matched_share_base")));
        Assert.Equal("MATCHED_SHARE_WARN PHASES_GIVEN", report.Row("energy_intensity.fisher", "province=").FlagText());
    }

    [Fact]
    public void What_cannot_be_computed_says_why()
    {
        var none = Reports.Of(s_query, ExportBuilder.Energy().Row("2024-03-01 08:00", 1));
        Assert.All(Plain(none), static row => Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", row.StatusText()));
        var zero = Reports.Of(s_query, Energy().Row("2024-03-01 08:00", "L1", "t", 1, 0));
        Assert.All(Plain(zero), static row => Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText()));
        Assert.Equal(2, Plain(zero).Count());
        Assert.All(none.Rows.Concat(zero.Rows).Except(Plain(none)).Except(Plain(zero)), static row => Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", row.StatusText()));
    }

    private static IndicatorQuery Phased { get; } = s_query with
    {
        Baseline = (TimeBound.Parse("2023-01-01"), TimeBound.Parse("2024-01-01")),
        After = (TimeBound.Parse("2024-01-01"), TimeBound.Parse("2025-01-01")),
    };

    private static IEnumerable<IndicatorRow> Plain(IndicatorReport report) => report.Rows.Where(static row => row.Indicator is "energy_intensity" or "energy_intensity.kgce");

    private static ExportBuilder Energy() => ExportBuilder.Table("energy").Time("interval_start").Keys("line", "unit").Numbers("kwh", "q_good");
}
