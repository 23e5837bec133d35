using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>No value vanishes without a count (indicator-definitions 1.4 and 1.7).</summary>
public sealed class BadValueTests
{
    private static readonly IndicatorQuery s_energy = Reports.NoFloor with { Select = ["energy_kwh"] };

    [Theory]
    [InlineData("energy", "interval_start", "interval_end", "kwh", "energy_kwh")]
    [InlineData("cost", "period_start", "period_end", "amount_cny", "cost_red")]
    public void An_end_that_is_no_instant_sets_its_row_aside(string table, string start, string end, string measure, string indicator)
    {
        var export = ExportBuilder.Table(table).Time(start).Column(end, ArrowType.Timestamp(TimeUnit.Second, "UTC")).Keys("line").Numbers(measure)
            .Row("2024-03-01 08:00", long.MaxValue, "L1", 1).Row("2024-03-01 08:00", null, "L1", 2);
        var report = Reports.Of(Reports.NoFloor with { Select = [indicator], Registry = Registries.Of("L1: A") }, export);
        Assert.Equal("IMPLAUSIBLE_TIME=1", Reports.Text(report.Manifest.Quarantined));
        Assert.Equal((2L, "IMPLAUSIBLE_TIME=1"), (report.Row(indicator).Evidence!.Received, Reports.Text(report.Row(indicator).Evidence!.Quarantined)));
    }

    [Fact]
    public void A_product_of_an_infinity_is_invalid_and_one_of_no_number_missing()
    {
        var source = SourceProfile.Parse("""{ "table": "energy", "columns": { "kwh": { "product_of": ["power", "hours"] } } }""", "test");
        var export = ExportBuilder.Table(null).Time("interval_start").Numbers("power", "hours")
            .Row("2024-03-01 08:00", 2, 3).Row("2024-03-01 08:00", double.PositiveInfinity, 1).Row("2024-03-01 08:00", 1, double.NegativeInfinity)
            .Row("2024-03-01 08:00", double.NaN, double.PositiveInfinity).Row("2024-03-01 08:00", 1e200, 1e200);
        var report = Reports.Of(s_energy with { Source = source }, export);
        var evidence = report.Row("energy_kwh").Evidence!;
        Assert.Equal((5L, 1L, 1L, 2L), (evidence.Received, evidence.Valid, evidence.Missing, evidence.Invalid));
        Assert.Equal("OUT_OF_SCALE=1", Reports.Text(evidence.Quarantined));
    }

    [Fact]
    public void Samples_that_lie_in_no_cell_are_counted()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m").Keys("grid")
            .Row("2024-03-01 08:00", -80, 10, 1, 1, null).Row("2024-03-01 08:00", -80, 10, null, 1, null).Row("2024-03-01 08:00", -80, 10, 1, double.NaN, null)
            .Row("2024-03-01 08:00", -80, 10, 1, 1, "nowhere").Row("2024-03-01 08:00", null, 10, null, null, "0:1:1").Row(null, -80, 10, null, null, null);
        Assert.Equal(3, Reports.Of(Reports.NoFloor, export).Manifest.SamplesWithoutCell);
        Assert.Equal(0, Reports.Of(Reports.NoFloor with { Select = ["cov_sample"] }, export).Manifest.SamplesWithoutCell);
    }

    [Fact]
    public void Every_row_received_has_a_class_or_a_reason()
    {
        var random = new Random(11);
        double[] values = [-80, 0, 99, double.NaN, double.PositiveInfinity, -200, 1e300, -1e9, 10];
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m").Keys("cell", "rat", "grid", "indicatorcore.quarantine");
        for (var i = 0; i < 5_000; i++)
        {
            object? Value() => random.Next(10) == 0 ? null : values[random.Next(values.Length)];
            string? Text(params string?[] texts) => texts[random.Next(texts.Length)];
            export.Row("2024-03-01 08:00", Value(), Value(), Value(), Value(), Text("c", null, "-"), Text("nr", "lte", null), Text("0:1:1", "nowhere", null), Text(null, null, null, "UNPARSEABLE"));
        }

        var report = Reports.Of(Reports.NoFloor, export);
        var evidence = report.Row("cov_sample").Evidence!;
        Assert.Equal(5_000L, evidence.Received);
        Assert.Equal(
            evidence.Received, evidence.Valid + evidence.Missing + evidence.Invalid + evidence.Unserved + evidence.Quarantined.Sum(static pair => pair.Value));
        Assert.Equal(evidence.Quarantined, report.Manifest.Quarantined);
    }
}
