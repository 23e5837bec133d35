using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>Energy from readings of cumulative meters (indicator-definitions 1.8 and 7).</summary>
public sealed class MeterEnergyTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["energy_kwh"] };

    [Fact]
    public void A_reset_drops_its_interval_whatever_the_order()
    {
        // the numbers of W14, as a meter
        (string At, double Reading)[] readings = [("2024-03-01 08:00", 1_000), ("2024-03-01 09:00", 126_000), ("2024-03-01 10:00", 500), ("2024-03-01 11:00", 125_500)];
        var export = Meter();
        foreach (var (at, reading) in readings.Reverse())
        {
            export.Row(at, "M1", "L1", reading).NextBatch();
        }

        var row = Reports.Of(s_query, export).Row("energy_kwh");
        Assert.Equal((250_000.0, "250000/", "1"), (row.Value, row.Fraction(), row.Evidence("n_reset")));
        Assert.Equal((4, 4, 0), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
    }

    [Fact]
    public void An_interval_belongs_to_the_window_of_its_first_reading_and_meters_are_apart()
    {
        var export = Meter().Row("2024-03-01 08:00", "M1", "L1", 100).Row("2024-03-02 08:00", "M1", "L1", 130).Row("2024-03-03 08:00", "M1", "L1", 190)
            .Row("2024-03-01 09:00", "M2", "L1", 5).Row("2024-03-02 09:00", "M2", "L1", 6.5).Row("2024-03-02 10:00", "M2", "L1", null);
        var rows = Reports.Of(s_query with { Window = Window.Day }, export).Rows;
        Assert.Equal(["31.5/", "60/", "/"], rows.Select(Reports.Fraction));
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", rows[2].StatusText());
        Assert.Equal(1, rows[1].Evidence!.Missing);
        Assert.Equal(91.5, Reports.Of(s_query, export).Row("energy_kwh").Value);
    }

    [Fact]
    public void Readings_and_intervals_add_up_and_energy_goes_before_readings()
    {
        var intervals = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh", "reading_kwh").Row("2024-03-01 08:00", "L1", 7, 1_000).Row("2024-03-01 09:00", "L1", 7, 2_000);
        var row = Reports.Of(s_query, intervals, Meter().Row("2024-03-01 08:00", "M1", "L1", 100).Row("2024-03-01 09:00", "M1", "L1", 101)).Row("energy_kwh");
        Assert.Equal(("15/", "0"), (row.Fraction(), row.Evidence("n_reset")));
        Assert.Empty(Reports.Of(s_query, intervals).Row("energy_kwh").Evidence!.Additional);
    }

    [Fact]
    public void Of_readings_at_one_instant_the_greatest_counts()
    {
        var export = Meter().Row("2024-03-01 08:00", "M1", "L1", 100).Row("2024-03-01 09:00", "M1", "L1", 90).Row("2024-03-01 09:00", "M1", "L1", 130).Row("2024-03-01 10:00", "M1", "L1", 131);
        var row = Reports.Of(s_query, export).Row("energy_kwh");
        Assert.Equal(("31/", "0"), (row.Fraction(), row.Evidence("n_reset")));
    }

    [Fact]
    public void Intensity_divides_them_by_the_output_of_production()
    {
        var production = ExportBuilder.Table("production").Time("interval_start").Keys("line", "unit").Numbers("q_good").Row("2024-03-01 08:30", "L1", "t", 4);
        var row = Reports.Of(s_query with { Select = ["energy_intensity"] }, production, Meter().Row("2024-03-01 08:00", "M1", "L1", 100).Row("2024-03-01 09:00", "M1", "L1", 110)).Row("energy_intensity");
        Assert.Equal(("10/4", "kWh/t", 2), (row.Fraction(), row.Unit, row.Evidence!.Valid));
    }

    [Fact]
    public void Wide_rows_and_rows_without_a_meter_count_alike()
    {
        var wide = ExportBuilder.Table("telemetry").Time("event_ts").Keys("line").Numbers("reading_kwh")
            .Row("2024-03-01 08:00", "L1", 1).Row("2024-03-01 08:30", "L1", null).Row("2024-03-01 09:00", "L1", 3).Row("2024-03-01 09:00", "L2", 30).Row("2024-03-01 10:00", "L2", 34);
        var row = Reports.Of(s_query, wide).Row("energy_kwh");
        Assert.Equal(("6/", 4), (row.Fraction(), row.Evidence!.Received));
    }

    [Fact]
    public void Equal_a_loop_over_sorted_readings_whatever_the_split_order_and_merges() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var readings = Enumerable.Range(0, 60).Select(_ => (Minute: random.Next(3 * 24 * 60), Meter: $"M{random.Next(3)}", Value: random.Next(100_000))).ToArray();
        var query = s_query with { Window = Window.Day, GroupBy = ["line"] };
        var expected = Reports.Of(query with { Threads = 1 }, Export(readings, 100));
        foreach (var row in expected.Rows)
        {
            var sum = 0m;
            foreach (var meter in readings.GroupBy(static reading => reading.Meter))
            {
                var sorted = meter.GroupBy(static reading => reading.Minute).Select(static at => (Minute: at.Key, Value: at.Max(static reading => reading.Value))).OrderBy(static at => at.Minute).ToList();
                sum += sorted.Zip(sorted.Skip(1)).Where(pair => At(pair.First.Minute) >= row.WindowStart && At(pair.First.Minute) < row.WindowEnd && pair.Second.Value >= pair.First.Value)
                    .Sum(static pair => (pair.Second.Value - pair.First.Value) / 1_000m);
            }

            Assert.Equal((double)sum, row.Value ?? 0, 1e-9);
        }

        random.Shuffle(readings);
        Reports.AssertSame(expected, Reports.Of(query with { Threads = 3 }, Export(readings, 1 + random.Next(20))));
        var cut = random.Next(readings.Length);
        using var left = Reports.Engine(query, Export(readings[..cut], 9));
        using var right = Reports.Engine(query, Export(readings[cut..], 4));
        using (var file = File.Create(folder.File("left.state")))
        {
            left.SaveState(file);
        }

        right.MergeStateAsync(folder.File("left.state")).GetAwaiter().GetResult();
        Reports.AssertSame(expected, right.Finish());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    private static long At(int minute) => Reports.Nanoseconds("2024-03-01") + (minute * 60_000_000_000L);

    private static ExportBuilder Export(IEnumerable<(int Minute, string Meter, int Value)> readings, int batch)
    {
        var export = Meter();
        foreach (var part in readings.Chunk(batch))
        {
            foreach (var (minute, meter, value) in part)
            {
                export.Row($"{new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(minute):yyyy-MM-dd HH:mm:ss}", meter, "L1", value / 1_000.0);
            }

            export.NextBatch();
        }

        return export;
    }

    private static ExportBuilder Meter() => ExportBuilder.Table("energy").Time("interval_start").Keys("meter", "line").Numbers("reading_kwh");
}
