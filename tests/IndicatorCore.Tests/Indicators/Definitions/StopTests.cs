using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>Mean times between failures and to repair (indicator-definitions 7).</summary>
public sealed class StopTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["mtbf", "mttr"] };

    [Fact]
    public void Are_ratios_of_sums_over_lines()
    {
        // L1: 24 h less 2 h by 2 failures; L2: 24 h less 4 h, of which 1 h is planned, by 1 failure
        var export = Downtime().Row("2024-03-01 08:00", "2024-03-01 09:00", "L1", "failure").Row("2024-03-01 10:00", "2024-03-01 11:00", "L1", "故障")
            .Row("2024-03-01 08:00", "2024-03-01 11:00", "L2", "failure_repair").Row("2024-03-01 12:00", "2024-03-01 13:00", "L2", "planned");
        var report = Reports.Of(s_query with { GroupBy = ["line", "province"] }, export);
        Assert.Equal((11.0, "22/2", "h", "mtbf@1"), (report.Row("mtbf", "line=L1").Value, report.Row("mtbf", "line=L1").Fraction(), report.Row("mtbf", "line=L1").Unit, report.Row("mtbf", "line=L1").Definition));
        Assert.Equal("20/1", report.Row("mtbf", "line=L2").Fraction());
        Assert.Equal((14.0, "42/3"), (report.Row("mtbf", "province=").Value, report.Row("mtbf", "province=").Fraction()));
        Assert.Equal((5.0 / 3, "5/3"), (report.Row("mttr", "province=").Value, report.Row("mttr", "province=").Fraction()));
        Assert.Equal((4, 4), (report.Row("mtbf", "province=").Evidence!.Received, report.Row("mtbf", "province=").Evidence!.Valid));
    }

    [Fact]
    public void A_stop_belongs_to_the_window_in_which_it_begins_and_takes_up_time_of_all()
    {
        var export = Downtime().Row("2024-03-01 22:00", "2024-03-02 04:00", "L1", "failure").Row("2024-03-02 03:00", "2024-03-02 05:00", "L1", "failure").Row("2024-03-03 01:00", "2024-03-03 02:00", "L1", "setup");
        var rows = Reports.Of(s_query with { Window = Window.Day }, export).Rows;
        Assert.Equal(["22/1", "19/1", "/"], rows.Where(static row => row.Indicator == "mtbf").Select(Reports.Fraction));
        Assert.Equal(["6/1", "2/1", "/"], rows.Where(static row => row.Indicator == "mttr").Select(Reports.Fraction));
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", rows[^1].StatusText());
    }

    [Fact]
    public void Without_kinds_every_stop_is_a_failure_and_bad_rows_are_left_out()
    {
        var plain = ExportBuilder.Table("downtime").Time("start_ts", "end_ts").Keys("line").Row("2024-03-01 08:00", "2024-03-01 09:00", "L1");
        Assert.Equal("23/1", Reports.Of(s_query, plain).Row("mtbf").Fraction());

        var export = Downtime().Row("2024-03-01 08:00", "2024-03-01 09:00", "L1", "failure")
            .Row("2024-03-01 10:00", null, "L1", "failure").Row("2024-03-01 10:00", "2024-03-01 11:00", "L1", null)
            .Row("2024-03-01 10:00", "2024-03-01 09:00", "L1", "failure").Row("2024-03-01 10:00", "2024-03-01 11:00", "L1", "E17");
        var evidence = Reports.Of(s_query, export).Row("mttr").Evidence!;
        Assert.Equal((5, 1, 2, 2), (evidence.Received, evidence.Valid, evidence.Missing, evidence.Invalid));
        Assert.Equal("1/1", Reports.Of(s_query, export).Row("mttr").Fraction());
    }

    [Fact]
    public void Lines_that_never_stop_count_where_their_factory_reports_stops()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [Registries.Factory("F1"), Registries.Factory("F2")],
            Lines = [Registries.Line("L1"), Registries.Line("L2", to: "2024-03-02"), Registries.Line("L3", factory: "F2"), Registries.Line("L4", factory: "F1", from: "2024-04-01")],
        };
        var export = Downtime().Row("2024-03-01 08:00", "2024-03-01 10:00", "L1", "failure").Row("2024-03-02 08:00", "2024-03-02 08:30", "L1", "setup");
        var report = Reports.Of(s_query with { Registry = registry, GroupBy = ["factory"] }, export);
        Assert.Equal("69.5/1", report.Row("mtbf", "factory=F1").Fraction());   // 48 h and 24 h in service, 2.5 h down
        Assert.Empty(report.RowsOf("mtbf", "factory=F2"));
        Assert.Equal("45.5/1", Reports.Of(s_query with { GroupBy = ["line"] }, export).Row("mtbf", "line=L1").Fraction());
    }

    [Fact]
    public void The_same_stop_counts_once_and_says_why_there_is_none()
    {
        var twice = Downtime().Times(2, "2024-03-01 08:00", "2024-03-01 09:00", "L1", "failure");
        var row = Reports.Of(s_query, twice).Row("mttr");
        Assert.Equal(("1/1", 2), (row.Fraction(), row.Evidence!.Valid));
        var stops = Reports.Of(s_query with { GroupBy = ["product"] }, twice);
        Assert.All(stops.Rows, static found => Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", found.StatusText()));
        Assert.All(Reports.Of(s_query, ExportBuilder.Energy().Row("2024-03-01 08:00", 1)).Rows, static found => Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", found.StatusText()));
    }

    [Theory]
    [InlineData(Window.All, 25)]
    [InlineData(Window.Day, 15)]
    public void Equal_a_count_of_minutes(Window window, int tests) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var stops = StopRow.Random(seed, 1 + (seed & 31));
        var report = Reports.Of(s_query with { Window = window, GroupBy = ["line", "factory"] }, StopRow.Export(stops, 5));
        foreach (var row in report.Rows)
        {
            var from = (int)((row.WindowStart!.Value - Reports.Nanoseconds("2024-03-01")) / 60_000_000_000);
            var to = (int)((row.WindowEnd!.Value - Reports.Nanoseconds("2024-03-01")) / 60_000_000_000);
            var lines = stops.Select(static stop => stop.Line).Distinct().Where(line => row.Group[0].Value is null || row.Group[0].Value == line).ToList();
            var mine = stops.Where(stop => lines.Contains(stop.Line)).ToList();
            var up = lines.Sum(line => Enumerable.Range(from, to - from).Count(minute => !mine.Exists(stop => stop.Line == line && stop.IsValid && stop.Start <= minute && minute < stop.End)));
            var failures = mine.Where(stop => stop.IsFailure && stop.Start >= from && stop.Start < to).DistinctBy(static stop => (stop.Line, stop.Start, stop.End)).ToList();
            var arrived = mine.Where(stop => stop.Start >= from && stop.Start < to).ToList();
            Assert.Equal(
                (arrived.Count, arrived.Count(static stop => stop.IsValid), arrived.Count(static stop => stop.IsMissing)),
                (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
            var time = row.Indicator == "mtbf" ? up : failures.Sum(static stop => stop.End!.Value - stop.Start);
            Assert.Equal(failures.Count == 0 ? "/" : $"{Math.Round(time / 60m, 12).ToString("0.############", CultureInfo.InvariantCulture)}/{failures.Count}", row.Fraction());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    private static ExportBuilder Downtime() => ExportBuilder.Table("downtime").Time("start_ts", "end_ts").Keys("line", "kind");
}
