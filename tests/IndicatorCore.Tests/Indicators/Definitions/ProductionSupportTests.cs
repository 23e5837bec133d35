using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>OEE, shares of output and energy intensity against loops over the rows, whatever the split, order, threads and merges.</summary>
public sealed class ProductionSupportTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with
    {
        Select = ["oee", "fpy", "scrap", "energy_intensity"],
        GroupBy = ["line", "product,line", "factory"],
        Window = Window.Day,
    };

    [Theory]
    [InlineData(Window.All, 40)]
    [InlineData(Window.Day, 20)]
    public void Equal_a_naive_computation(Window window, int tests) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var rows = ShopFloorRow.Random(seed, 5 + (seed & 127));
        var report = Reports.Of(s_query with { Window = window }, ShopFloorRow.Production(rows, 31), ShopFloorRow.Electricity(rows, 17));
        Assert.NotEmpty(report.Rows);
        var isIndex = report.Rows.ToLookup(IsIndex);
        Assert.All(isIndex[true], static row => Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", row.StatusText()));
        foreach (var row in isIndex[false])
        {
            var of = rows.Where(candidate => IsIn(candidate, row)).ToList();
            Assert.Equal(of.Count, row.Evidence!.Received);
            if (of.Count == 0)
            {
                Assert.Equal("NOT_AVAILABLE(NO_DATA)", row.StatusText());
            }
            else
            {
                Check(row, of);
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));

    [Fact]
    public void Split_order_threads_and_merges_change_nothing() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        using var folder = new TemporaryFolder();
        var query = s_query with { Select = [.. s_query.Select, "mtbf", "mttr"] };
        var rows = ShopFloorRow.Random(seed, 200);
        var stops = StopRow.Random(seed, 60);
        var expected = Reports.Of(query with { Threads = 1 }, ShopFloorRow.Production(rows), ShopFloorRow.Electricity(rows), StopRow.Export(stops));
        var random = new Random(seed);
        random.Shuffle(rows);
        random.Shuffle(stops);
        Reports.AssertSame(
            expected,
            Reports.Of(
                query with { Threads = 3 },
                StopRow.Export(stops, 1 + random.Next(20)),
                ShopFloorRow.Electricity(rows, 1 + random.Next(60)),
                ShopFloorRow.Production(rows, 1 + random.Next(60))));

        var at = random.Next(rows.Length);
        using var left = Reports.Engine(query, ShopFloorRow.Production(rows[..at], 50), ShopFloorRow.Electricity(rows), StopRow.Export(stops[30..]));
        using var right = Reports.Engine(query, StopRow.Export(stops[..30], 4), ShopFloorRow.Production(rows[at..], 7));
        using var whole = Reports.Engine(
            query, StopRow.Export(stops[..30], 4), ShopFloorRow.Electricity(rows), ShopFloorRow.Production(rows[at..], 7), ShopFloorRow.Production(rows[..at], 50), StopRow.Export(stops[30..]));
        Save(left, folder.File("left.state"));
        Save(right, folder.File("right.state"));
        left.Merge(right);
        Reports.AssertSame(expected, left.Finish());
        using var loaded = new IndicatorEngine(query with { Threads = 2 });
        loaded.MergeStateAsync(folder.File("right.state")).GetAwaiter().GetResult();
        loaded.MergeStateAsync(folder.File("left.state")).GetAwaiter().GetResult();
        Reports.AssertSame(expected, loaded.Finish());
        Save(loaded, folder.File("loaded.state"));
        Save(whole, folder.File("whole.state"));
        Assert.Equal(File.ReadAllBytes(folder.File("whole.state")), File.ReadAllBytes(folder.File("loaded.state")));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_in_runs_give_the_same_as_scattered_ones(int seed)
    {
        var query = s_query with { GroupBy = ["line"] };
        var rows = ShopFloorRow.Random(seed, 3_000);
        var sorted = rows.OrderBy(static row => row.Line).ThenBy(static row => row.Unit, StringComparer.Ordinal).ThenBy(static row => row.Day).ToList();
        Reports.AssertSame(
            Reports.Of(query, ShopFloorRow.Production(rows), ShopFloorRow.Electricity(rows)), Reports.Of(query, ShopFloorRow.Production(sorted), ShopFloorRow.Electricity(sorted)));

        // a place of its own: no class but valid
        var valid = sorted.Where(static row => new[] { row.Good, row.Total, row.Started, row.FirstPass, row.Planned, row.Actual, row.Ideal, row.Energy }.All(ShopFloorRow.IsValid)).ToList();
        foreach (var row in Reports.Of(query, ShopFloorRow.Production(valid), ShopFloorRow.Electricity(valid)).Rows.Where(static row => !IsIndex(row)))
        {
            Check(row, valid.Where(candidate => IsIn(candidate, row)).ToList());
        }
    }

    [Fact]
    public void Rows_that_are_set_aside_count_once_whatever_is_selected()
    {
        var export = ExportBuilder.Table("production").Time("interval_start", "ingest_ts").Keys("line").Numbers("q_good", "q_total", "q_started", "q_first_pass")
            .Row("2024-03-01 08:00", "2024-03-01 09:00", "L1", 8, 10, 10, 5)
            .Row("2024-03-01 08:00", "2024-03-01 07:00", "L1", 1, 1, 1, 1);
        foreach (var select in new[] { new[] { "scrap" }, ["fpy"], ["fpy", "scrap", "eff_gain", "oee"] })
        {
            var report = Reports.Of(s_query with { Select = select, GroupBy = [], Window = Window.All }, export);
            foreach (var row in report.Rows.Where(static row => row.Indicator is "fpy" or "scrap"))
            {
                Assert.Equal("FUTURE=1", Reports.Text(row.Evidence!.Quarantined));
                Assert.Equal((2, 1), (row.Evidence.Received, row.Evidence.Valid));
            }
        }

        var energy = ExportBuilder.Table("energy").Time("interval_start", "ingest_ts").Keys("line").Numbers("kwh", "q_good")
            .Row("2024-03-01 08:00", "2024-03-01 09:00", "L1", 8, 10).Row("2024-03-01 08:00", "2024-03-01 07:00", "L1", 1, 1);
        foreach (var row in Reports.Of(s_query with { Select = ["energy_kwh", "energy_intensity"], GroupBy = [], Window = Window.All }, energy).Rows)
        {
            Assert.Equal("FUTURE=1", Reports.Text(row.Evidence!.Quarantined));
        }

        var stops = ExportBuilder.Table("downtime").Time("start_ts", "end_ts", "ingest_ts").Keys("line")
            .Row("2024-03-01 08:00", "2024-03-01 09:00", "2024-03-01 09:00", "L1").Row("2024-03-01 08:00", "2024-03-01 09:00", "2024-03-01 07:00", "L1");
        foreach (var row in Reports.Of(s_query with { Select = ["mtbf", "mttr"], GroupBy = [], Window = Window.All }, stops).Rows)
        {
            Assert.Equal(("FUTURE=1", 2, 1), (Reports.Text(row.Evidence!.Quarantined), row.Evidence.Received, row.Evidence.Valid));
        }
    }

    [Fact]
    public void Duplicates_and_conflicts_count_under_dedup_rows()
    {
        var export = ExportBuilder.Table("production").Time("interval_start").Keys("line", "order", "unit").Column("revision", ExportBuilder.Number)
            .Numbers("q_good", "q_total", "q_started", "q_first_pass", "planned_busy_h", "actual_h", "ideal_h_per_unit")
            .Row("2024-03-01 08:00", "7", "12", "件", 1, 100, 110, 110, 90, 8, 7, 0.01)
            .Row("2024-03-01 08:00", "7", "12", "件", 2, 90, 110, 110, 80, 8, 7, 0.01)
            .Row("2024-03-01 08:00", "7", "12", "件", 2, 90, 110, 110, 80, 8, 7, 0.01);
        var report = Reports.Of(s_query with { Dedup = DedupPolicy.Rows, GroupBy = [] }, export);
        Assert.Equal("80/110", report.Row("fpy").Fraction());
        Assert.Equal("20/110", report.Row("scrap").Fraction());
        Assert.Equal("0.9/8", report.Row("oee").Fraction());
        Assert.Equal(("CONFLICT", 3, 1, 1), (report.Row("oee").FlagText(), report.Row("oee").Evidence!.Received, report.Row("oee").Evidence!.Duplicates, report.Row("oee").Evidence!.Conflicts));
    }

    [Fact]
    public void Only_what_is_selected_is_read()
    {
        // a column of a type that no quantity has is refused only where it is needed
        var export = ExportBuilder.Table("production").Time("interval_start").Keys("line").Numbers("q_good", "q_total").Keys("q_started", "actual_h")
            .Row("2024-03-01 08:00", "L1", 9, 10, "ten", "one");
        Assert.Equal("1/10", Reports.Of(s_query with { Select = ["scrap"], GroupBy = [] }, export).Row("scrap").Fraction());
        Assert.Throws<IndicatorCore.Errors.SchemaMismatchException>(() => Reports.Of(s_query with { Select = ["fpy"] }, export));
        Assert.Throws<IndicatorCore.Errors.SchemaMismatchException>(() => Reports.Of(s_query with { Select = ["oee"] }, export));
        var energy = ExportBuilder.Table("energy").Time("interval_start").Keys("line", "q_good").Numbers("kwh").Row("2024-03-01 08:00", "L1", "ten", 3);
        Assert.Equal("3/", Reports.Of(s_query with { Select = ["energy_kwh"], GroupBy = [] }, energy).Row("energy_kwh").Fraction());
        Assert.Throws<IndicatorCore.Errors.SchemaMismatchException>(() => Reports.Of(s_query with { Select = ["energy_intensity"] }, energy));
    }

    private static void Save(IndicatorEngine engine, string path)
    {
        using var file = File.Create(path);
        engine.SaveState(file);
    }

    // EnergyIntensityTests hold these: without a registry there is none
    private static bool IsIndex(IndicatorRow row) => row.Indicator is "energy_intensity.fisher" or "energy_intensity.paasche" or "energy_intensity.laspeyres";

    private static bool IsIn(ShopFloorRow row, IndicatorRow of) =>
        of.WindowStart <= Reports.Nanoseconds($"{row.At:yyyy-MM-dd HH:mm}") && of.WindowEnd > Reports.Nanoseconds($"{row.At:yyyy-MM-dd HH:mm}")
        && of.Group.All(pair => pair.Key switch { "line" => pair.Value == row.Line, "product" => pair.Value == row.Product, _ => pair.Value is null });

    private static void Check(IndicatorRow row, List<ShopFloorRow> rows)
    {
        switch (row.Indicator)
        {
            case "fpy":
                Ratio(row, rows, static at => at.FirstPass, static at => IsFinite(at.Started) ? at.Started : null, static (first, started) => first);
                break;
            case "scrap":
                Ratio(row, rows, static at => at.Good, static at => at.Total, static (good, total) => total - good);
                break;
            case "energy_intensity":
                Ratio(row, rows, static at => at.Energy, static at => at.Good, static (energy, good) => energy);
                break;
            case "energy_intensity.kgce":
                Ratio(row, rows, static at => at.Energy, static at => at.Good, static (energy, good) => energy * 0.1229m);
                break;
            default:
                Oee(row, rows);
                break;
        }
    }

    private static bool IsFinite(int? value) => value is not ShopFloorRow.Infinite;

    private static void Ratio(
        IndicatorRow row, List<ShopFloorRow> rows, Func<ShopFloorRow, int?> left, Func<ShopFloorRow, int?> right, Func<decimal, decimal, decimal> form)
    {
        var valid = rows.Where(at => ShopFloorRow.IsValid(left(at)) && ShopFloorRow.IsValid(right(at))).ToList();
        var missing = rows.Count(at => ShopFloorRow.IsMissing(left(at)) || ShopFloorRow.IsMissing(right(at)));
        Assert.Equal((valid.Count, missing, rows.Count - valid.Count - missing), (row.Evidence!.Valid, row.Evidence.Missing, row.Evidence.Invalid));
        decimal numerator = valid.Sum(at => left(at)!.Value / 1_000m), denominator = valid.Sum(at => right(at)!.Value / 1_000m);
        if (valid.Select(static at => at.Unit).OfType<string>().Distinct().Count() > 1)
        {
            Assert.Equal("NOT_AVAILABLE(NO_COMMON_UNIT)", row.StatusText());
        }
        else
        {
            Figure(row, form(numerator, denominator), denominator);
        }
    }

    private static void Oee(IndicatorRow row, List<ShopFloorRow> rows)
    {
        int?[] Elements(ShopFloorRow at) => at is { Good: 0, Total: 0 } ? [at.Good, at.Total, at.Planned, at.Actual] : [at.Good, at.Total, at.Planned, at.Actual, at.Ideal];
        var valid = rows.Where(at => Array.TrueForAll(Elements(at), ShopFloorRow.IsValid)).ToList();
        var missing = rows.Count(at => Array.Exists(Elements(at), ShopFloorRow.IsMissing));
        Assert.Equal((valid.Count, missing, rows.Count - valid.Count - missing), (row.Evidence!.Valid, row.Evidence.Missing, row.Evidence.Invalid));
        decimal planned = 0, actual = 0, produced = 0, good = 0;
        foreach (var at in valid)
        {
            var ideal = at is { Good: 0, Total: 0 } ? 0 : at.Ideal!.Value / 1_000m;
            planned += at.Planned!.Value / 1_000m;
            actual += at.Actual!.Value / 1_000m;
            produced += ideal * at.Total!.Value / 1_000m;
            good += ideal * at.Good!.Value / 1_000m;
        }

        Assert.Equal(produced > actual, row.Flags.HasFlag(ResultFlags.PerformanceAbove100));
        var (numerator, denominator) = row.Indicator switch
        {
            "oee.availability" => (actual, planned),
            "oee.effectiveness" => (produced, actual),
            "oee.quality" => (good, produced),
            _ => (good, planned),
        };
        if (planned == 0)
        {
            Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText());
        }
        else
        {
            Figure(row, numerator / 3_600, denominator / 3_600);
        }
    }

    private static void Figure(IndicatorRow row, decimal numerator, decimal denominator)
    {
        if (denominator == 0)
        {
            Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText());
            Assert.Equal("/", row.Fraction());
            return;
        }

        Assert.Equal($"{Text(numerator)}/{Text(denominator)}", row.Fraction());
        Assert.Equal((double)(numerator / denominator), row.Value!.Value, 1e-9 * Math.Max(1, Math.Abs((double)(numerator / denominator))));
    }

    private static string Text(decimal value) => Math.Round(value, 12, MidpointRounding.ToEven).ToString("0.############", CultureInfo.InvariantCulture);
}
