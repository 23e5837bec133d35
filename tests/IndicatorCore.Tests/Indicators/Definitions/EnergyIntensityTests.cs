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
        Assert.Equal(["energy_intensity", "energy_intensity.kgce"], report.Rows.Select(static found => found.Indicator));
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
    public void What_cannot_be_computed_says_why()
    {
        var none = Reports.Of(s_query, ExportBuilder.Energy().Row("2024-03-01 08:00", 1));
        Assert.All(none.Rows, static row => Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", row.StatusText()));
        var zero = Reports.Of(s_query, Energy().Row("2024-03-01 08:00", "L1", "t", 1, 0));
        Assert.All(zero.Rows, static row => Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText()));
        Assert.Equal(2, zero.Rows.Count);
    }

    private static ExportBuilder Energy() => ExportBuilder.Table("energy").Time("interval_start").Keys("line", "unit").Numbers("kwh", "q_good");
}
