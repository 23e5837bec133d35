using IndicatorCore.Adapters.Csv;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.ClassicMistakes;

/// <summary>Classic mistakes with time and arrival, by the numbers of indicator-definitions 11.</summary>
public sealed class TimeMistakes
{
    private static readonly IndicatorQuery s_energy = Reports.NoFloor with { Select = ["energy_kwh"], Window = Window.Day };

    [Fact]
    public void Mistake_06_a_day_is_a_local_day()
    {
        var row = Assert.Single(Reports.Of(s_energy, ExportBuilder.Energy().Row("2024-03-04T16:30:00Z", 1)).RowsOf("energy_kwh"));
        Assert.Equal("2024-03-05..2024-03-06", row.WindowText());
    }

    [Fact]
    public void Mistake_07_a_stamp_at_the_end_of_its_interval_belongs_to_the_day_that_it_closes()
    {
        var source = SourceProfile.Parse("""{ "zone": "Asia/Shanghai", "stamp": "end", "interval": "15min", "midnight_stamp": "labelled_day" }""", "test");

        // written last in the day: 00:00 of 1 January closes 1 January
        var labelled = Reports.Of(s_energy with { Source = source }, ExportBuilder.Energy().Row("2018-01-01 00:15", 1).Row("2018-01-01 00:00", 2));
        Assert.Equal(["2018-01-01..2018-01-02 3"], labelled.RowsOf("energy_kwh").Select(static row => $"{row.WindowText()} {row.Value}"));
        var next = SourceProfile.Parse("""{ "stamp": "end", "interval": "15min" }""", "test");
        var plain = Reports.Of(s_energy with { Source = next }, ExportBuilder.Energy().Row("2018-01-02 00:00", 2).Row("2018-01-01 00:15", 1));
        Assert.Equal(["2018-01-01..2018-01-02 3"], plain.RowsOf("energy_kwh").Select(static row => $"{row.WindowText()} {row.Value}"));
    }

    [Fact]
    public void Mistake_09_samples_of_one_second_are_no_duplicates()
    {
        var export = ExportBuilder.Radio().Row("2024-03-01 08:00:01", "c", "NR", -80, 5).Row("2024-03-01 08:00:01", "c", "NR", -81, 5)
            .Row("2024-03-01 08:00:01", "c", "NR", -80, 6).Row("2024-03-01 08:00:01", "c", "NR", -80, 5);
        var row = Reports.Of(Reports.NoFloor with { Select = ["cov_sample"], Dedup = DedupPolicy.Rows }, export).Row("cov_sample");
        Assert.Equal(("3/3", 4, 1, 0), (row.Fraction(), row.Evidence!.Received, row.Evidence.Duplicates, row.Evidence.Conflicts));
    }

    [Fact]
    public void Mistake_10_a_stamp_that_a_spreadsheet_rounded_is_set_aside()
    {
        using var folder = new TemporaryFolder();
        var csv = folder.File("radio.csv");
        File.WriteAllText(csv, "event_ts,rsrp_dbm,sinr_db\n1.7212E+12,-80,5\n1721200000123,-80,5\n");
        CsvImporter.Import([csv], folder.File("radio.arrow"), SourceProfile.Parse("""{ "table": "radio", "columns": { "event_ts": { "format": "epoch_ms" } } }""", "test"));
        var report = Reports.OfFiles(Reports.NoFloor with { Select = ["cov_sample"] }, folder.File("radio.arrow"));
        Assert.Equal("PRECISION_LOST=1", Reports.Text(report.Manifest.Quarantined));
        Assert.Equal("1/1", report.Row("cov_sample").Fraction());
    }

    [Fact]
    public void Mistake_23_neither_order_nor_threads_nor_splits_decide()
    {
        var random = new Random(23);
        object?[][] rows = [.. Enumerable.Range(0, 600).Select(i => new object?[] { $"2024-03-01 {i / 60 % 24:D2}:{i % 60:D2}", $"D{i % 7}", $"L{i % 3}", "c", -80.0 - (i % 40), i % 20 })];
        var digests = new HashSet<string>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            random.Shuffle(rows);
            var parts = rows.Chunk(random.Next(1, 300)).Select(part =>
            {
                var export = ExportBuilder.Table("radio").Time("event_ts").Keys("device", "line", "cell").Numbers("rsrp_dbm", "sinr_db");
                Array.ForEach(part, row => export.Row(row));
                return export;
            });
            digests.Add(Reports.Of(Reports.NoFloor with { GroupBy = ["line", "device"], Window = Window.Hour, Threads = 1 + attempt }, [.. parts]).Manifest.RowDigest);
        }

        Assert.Single(digests);
    }

    [Fact]
    public void Mistake_24_sums_are_of_integers_and_do_not_drift()
    {
        var export = ExportBuilder.Energy();
        var sum = 0.0;
        for (var i = 0; i < 10_000; i++)
        {
            export.Row("2024-03-01 08:00", 0.1);
            sum += 0.1;
        }

        var row = Reports.Of(s_energy, export).Row("energy_kwh");
        Assert.Equal((1_000.0, "1000/"), (row.Value, row.Fraction()));
        Assert.NotEqual(1_000.0, sum);
    }

    [Fact]
    public void Mistake_25_what_comes_late_is_counted_once()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("energy-1.arrow", ExportBuilder.Energy().Row("2024-03-02 08:00", 1).ToBytes());
        var late = folder.Write("energy-2.arrow", ExportBuilder.Energy().Row("2024-03-01 08:00", 4).ToBytes());
        using var engine = new IndicatorEngine(s_energy with { Window = Window.All });
        Reports.ReadFiles(engine, first);
        Assert.Equal(1, engine.Finish().Row("energy_kwh").Value);
        Reports.ReadFiles(engine, late);
        Assert.Equal(5, engine.Finish().Row("energy_kwh").Value);
        Reports.ReadFiles(engine, late);
        Assert.Equal(5, engine.Finish().Row("energy_kwh").Value);
        Reports.AssertSame(Reports.OfFiles(engine.Query, first, late), engine.Finish());
    }
}
