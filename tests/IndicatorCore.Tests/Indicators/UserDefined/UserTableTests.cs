using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>Which rows feed which table, how columns are found, and what is set aside.</summary>
public sealed class UserTableTests
{
    [Fact]
    public void Wide_rows_feed_a_table_by_its_own_rule()
    {
        var query = Query("""
            {"indicators": [
              {"id": "wide", "aggregate": "count"},
              {"id": "radio", "table": "radio", "aggregate": "count"},
              {"id": "seen", "table": "connectivity", "aggregate": "count"},
              {"id": "used", "table": "energy", "aggregate": "count"},
              {"id": "probed", "table": "probe", "aggregate": "count"}]}
            """);
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db", "kwh")
            .Row("2024-03-01 08:00", "D1", -80, null, null)
            .Row("2024-03-01 08:01", null, double.NaN, null, 1)
            .Row("2024-03-01 08:02", "D1", null, null, null)
            .Row("2024-03-01 08:03", null, null, null, null);
        var report = Reports.Of(query, export);
        Assert.Equal(
            "radio=2 seen=2 used=1 wide=4",
            string.Join(' ', report.Rows.Where(static row => row.Value is not null).Select(static row => $"{row.Indicator}={row.Value}")));
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", report.Row("probed").StatusText());
    }

    [Fact]
    public void A_table_of_its_own_is_counted_whole()
    {
        var query = Query("""{"table": "radio", "indicators": [{"id": "n", "aggregate": "count"}, {"id": "nr", "aggregate": "count", "where": {"rat": {"in": ["nr", "5g"]}}}]}""");
        var export = ExportBuilder.Radio().Row("2024-03-01 08:00", "c", "nr", null, null).Row("2024-03-01 08:01", "c", "lte", -80, 3).Row("2024-03-01 08:02", "-", "-", -80, 3);
        var report = Reports.Of(query, export);
        Assert.Equal(("3", "1"), (report.Row("n").Numerator.ToString(), report.Row("nr").Numerator.ToString()));
    }

    [Fact]
    public void Columns_go_by_the_source_profile_and_numbers_take_its_unit()
    {
        var query = Query("""{"table": "probe", "indicators": [{"id": "worst", "aggregate": "max", "column": "latency_ms"}, {"id": "n", "aggregate": "count", "where": {"batch": 7}}]}""") with
        {
            Source = SourceProfile.Parse("""{"columns": {"latency_ms": {"from": "rtt", "unit": 1000}, "event_ts": {"from": "at"}}}""", "p"),
        };
        var export = ExportBuilder.Table("probe").Time("at").Numbers("rtt").Column("batch", ArrowType.Int(32)).Row("2024-03-01 08:00", 0.0125, 7).Row("2024-03-01 08:01", 4294967295, 8);
        var report = Reports.Of(query, export);
        Assert.Equal("12.5", report.Row("worst").Numerator.ToString());
        Assert.Equal("1", report.Row("n").Numerator.ToString());
        Assert.Equal((1, 0, 1), (report.Row("worst").Evidence!.Valid, report.Row("worst").Evidence!.Missing, report.Row("worst").Evidence!.Invalid));
    }

    [Fact]
    public void A_column_that_no_input_has_makes_its_indicators_not_available()
    {
        var query = Query("""{"indicators": [{"id": "n", "aggregate": "count", "where": {"not": {"colour": "red"}}}, {"id": "rows", "aggregate": "count"}]}""");
        var report = Reports.Of(query, ExportBuilder.Table("telemetry").Time("event_ts").Row("2024-03-01 08:00"));
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", report.Row("n").StatusText());
        Assert.Equal(1, report.Row("rows").Value);
    }

    [Fact]
    public void A_column_of_a_type_that_does_not_fit_is_an_error()
    {
        var query = Query("""{"indicators": [{"id": "n", "aggregate": "sum", "column": "colour"}]}""");
        var fault = Assert.Throws<SchemaMismatchException>(() => Reports.Of(query, ExportBuilder.Table("telemetry").Time("event_ts").Keys("colour").Row("2024-03-01 08:00", "red")));
        Assert.Equal("colour", fault.Location.Column);
    }

    [Fact]
    public void What_the_scale_does_not_hold_is_set_aside_as_a_row()
    {
        var query = Query("""{"measures": {"x": {"scale": "1e-12"}}, "indicators": [{"id": "n", "aggregate": "count"}, {"id": "sum", "aggregate": "sum", "column": "x"}]}""");
        var report = Reports.Of(query, ExportBuilder.Table("telemetry").Time("event_ts").Numbers("x").Row("2024-03-01 08:00", 1e8).Row("2024-03-01 08:01", 0.25));
        Assert.Equal(("1", "0.25"), (report.Row("n").Numerator.ToString(), report.Row("sum").Numerator.ToString()));
        Assert.Equal("OUT_OF_SCALE=1", Reports.Text(report.Row("n").Evidence!.Quarantined));
        Assert.Equal(2, report.Row("n").Evidence!.Received);
    }

    [Fact]
    public void Sums_beyond_64_bits_are_exact()
    {
        var query = Query("""{"measures": {"x": {"scale": 1}}, "indicators": [{"id": "sum", "aggregate": "sum", "column": "x"}, {"id": "min", "aggregate": "min", "column": "x"}]}""");
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Column("x", ArrowType.Int(64))
            .Times(3, "2024-03-01 08:00", long.MaxValue).Row("2024-03-01 08:01", -long.MaxValue);
        var report = Reports.Of(query, export);
        Assert.Equal("18446744073709551614", report.Row("sum").Numerator.ToString());
        Assert.Equal("-9223372036854775807", report.Row("min").Numerator.ToString());
    }

    [Fact]
    public void Quantiles_of_very_many_values_come_from_buckets()
    {
        var query = Query("""{"indicators": [{"id": "p50", "aggregate": "quantile", "q": 0.5, "column": "x"}]}""");
        var few = ExportBuilder.Table("telemetry").Time("event_ts").Numbers("x");
        var many = ExportBuilder.Table("telemetry").Time("event_ts").Numbers("x");
        for (var i = 1; i <= 65_536; i++)
        {
            few.Row("2024-03-01 08:00", i);
            many.Row("2024-03-01 08:00", i);
        }

        many.Row("2024-03-01 08:00", 65_537);
        Assert.Equal("32768", Reports.Of(query, few).Row("p50").Numerator.ToString());
        var row = Reports.Of(query, many).Row("p50");
        Assert.Null(row.Numerator);
        Assert.Equal("0.00390625", row.Evidence("alpha"));
        Assert.InRange(row.Value!.Value, 32_769 * (1 - 0.00390625), 32_769 * (1 + 0.00390625));
    }

    [Theory]
    [InlineData(0.95, 300, 1.0)]
    [InlineData(0.5, 300, -1.5)]       // wide ones, and below 0
    [InlineData(0.001, 9_000, 0.25)]
    [InlineData(1, 9_000, 5_000)]
    public void Quantiles_are_nearest_ranks_of_slots_and_of_their_unions_however_rows_are_split(double order, int rows, double step)
    {
        var random = new Random(rows);
        (int Line, int Hour, double? Value)[] all =
            [.. Enumerable.Range(0, rows).Select(_ => (random.Next(3), random.Next(2), random.Next(9) == 0 ? default(double?) : random.Next(2_000) * step))];
        var query = Query(string.Create(CultureInfo.InvariantCulture, $$"""{"indicators": [{"id": "p", "aggregate": "quantile", "q": {{order}}, "column": "x"}]}"""));
        foreach (var split in new[] { 1, 2, 5 })
        {
            var parts = Enumerable.Range(0, split).Select(_ => ExportBuilder.Table("telemetry").Time("event_ts").Keys("line").Numbers("x")).ToArray();
            for (var i = 0; i < rows; i++)
            {
                parts[i % split].Row($"2024-03-01 0{8 + all[i].Hour}:00", $"L{all[i].Line}", all[i].Value);
            }

            foreach (var (groupBy, window) in new[] { ("line", Window.Hour), ("line", Window.Day), (string.Empty, Window.Hour), (string.Empty, Window.All) })
            {
                var report = Reports.Of(query with { GroupBy = groupBy.Length == 0 ? [] : [groupBy], Window = window, Threads = split }, parts);
                var expected = all.Where(static row => row.Value is not null)
                    .GroupBy(row => (Line: groupBy.Length == 0 ? 0 : row.Line, Hour: window == Window.Hour ? row.Hour : 0), static row => row.Value!.Value)
                    .OrderBy(static group => group.Key)
                    .Select(group => group.Order().ElementAt((int)Math.Ceiling((decimal)order * group.Count()) - 1));
                Assert.Equal(expected, report.Rows.Select(static row => row.Value!.Value));
            }
        }
    }

    [Fact]
    public void Quantiles_come_from_buckets_where_the_profile_says_so()
    {
        var query = Query("""{"indicators": [{"id": "p50", "aggregate": "quantile", "q": 0.5, "column": "x"}]}""") with
        {
            Profile = DefinitionProfile.CnNrA with { BucketsQuantiles = true },
        };
        var row = Reports.Of(query, ExportBuilder.Table("telemetry").Time("event_ts").Numbers("x").Times(3, "2024-03-01 08:00", 1.0)).Row("p50");
        Assert.Null(row.Numerator);
        Assert.Equal("0.00390625", row.Evidence("alpha"));
        Assert.NotEqual(1, row.Value!.Value);
        Assert.InRange(row.Value!.Value, 1 - 0.00390625, 1 + 0.00390625);
    }

    [Fact]
    public void Built_in_indicators_beside_them_do_not_change()
    {
        var export = ExportBuilder.Radio().Times(400, "2024-03-01 08:00", "c", "nr", -80, 3).Row("2024-03-01 08:01", "c", "nr", -200, 3);
        var alone = Reports.Of(Reports.NoFloor, export);
        var beside = Reports.Of(
            Query("""{"table": "radio", "indicators": [{"id": "n", "aggregate": "max", "column": "rsrp_dbm"}]}""") with { Select = [] }, export);
        Assert.Equal(Reports.Lines(alone).Split('\n'), Reports.Lines(beside).Split('\n').Where(static line => !line.StartsWith("{\"indicator\":\"n\"", StringComparison.Ordinal)));
        Assert.Equal(-80, beside.Row("n").Value);
    }

    private static IndicatorQuery Query(string json)
    {
        var set = UserIndicatorSet.Parse(json, "test");
        return Reports.NoFloor with { UserDefined = set, Select = [.. set.Indicators.Select(static indicator => indicator.Id)] };
    }
}
