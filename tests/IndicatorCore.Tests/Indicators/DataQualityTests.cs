using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Data quality (indicator-definitions 10) and clocks that are wrong (1.2).</summary>
public sealed class DataQualityTests
{
    private static readonly IndicatorQuery s_timeliness = Reports.NoFloor with { Select = ["dq_timeliness"] };

    [Fact]
    public void Timeliness_is_the_nearest_rank_of_what_rows_took()
    {
        var export = Delayed("radio");
        for (var i = 1; i <= 100; i++)
        {
            export.Row(At(i), At(i, i * 10_000), "A", -90.0, 5.0);   // 10 ms to 1 s
        }

        export.Row(At(101), null, "A", -90.0, 5.0);                  // nothing known
        export.Row(At(102), At(102, -400_000_000), "A", -90.0, 5.0); // FUTURE: 400 s before its event
        var report = Laws.Hold(s_timeliness, export);
        Assert.Equal(["dq_timeliness 0.95 s", "dq_timeliness.radio 0.95 s"], report.Rows.Select(Shown));
        var row = report.Row("dq_timeliness");
        Assert.Equal(("PUBLISHED", "dq_timeliness@1", 100, 100), (row.StatusText(), row.Definition, row.Evidence!.Received, row.Evidence.Valid));
        Assert.Empty(row.Evidence.Additional);
    }

    [Fact]
    public void Timeliness_over_all_tables_is_of_the_union_and_not_a_mean()
    {
        var radio = Delayed("radio");
        var connectivity = ExportBuilder.Table("connectivity").Time("event_ts", "ingest_ts").Keys("device");
        for (var i = 0; i < 90; i++)
        {
            radio.Row(At(i), At(i, 1_000_000), "A", -90.0, 5.0);
        }

        for (var i = 0; i < 10; i++)
        {
            connectivity.Row(At(i), At(i, 3_000_000), "B");
        }

        var report = Laws.Hold(s_timeliness, radio, connectivity);
        Assert.Equal(["dq_timeliness 3 s", "dq_timeliness.connectivity 3 s", "dq_timeliness.radio 1 s"], report.Rows.Select(Shown));
    }

    [Theory]
    [InlineData(499, 0.000000)]
    [InlineData(500, 0.000000)]      // half to even
    [InlineData(501, 0.000001)]
    [InlineData(1500, 0.000002)]
    [InlineData(-500, 0.000000)]
    [InlineData(-1500, -0.000002)]
    public void Delays_are_kept_at_microseconds_half_to_even(long nanoseconds, double seconds)
    {
        var instant = IndicatorCore.Columns.ArrowType.Timestamp(IndicatorCore.Columns.TimeUnit.Nanosecond, "UTC");
        var export = ExportBuilder.Table("connectivity").Column("event_ts", instant).Column("ingest_ts", instant).Keys("device");
        var at = Reports.Nanoseconds("2024-03-01 08:00");
        export.Row(at, at + nanoseconds, "A");
        Assert.Equal(seconds, Reports.Of(s_timeliness, export).Row("dq_timeliness").Value);
    }

    [Fact]
    public void Without_arrival_times_nothing_is_kept_and_the_reason_is_told()
    {
        var export = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr");
        using var engine = Reports.Engine(s_timeliness, export);
        Assert.Equal(0, engine.SlotCount);
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", engine.Finish().Row("dq_timeliness").StatusText());
    }

    [Fact]
    public void What_is_not_selected_keeps_no_delays()
    {
        var export = Delayed("radio").Row(At(1), At(1, 1_000_000), "A", -90.0, 5.0);
        using var with = Reports.Engine(Reports.NoFloor with { Select = ["cov_sample", "dq_timeliness"] }, export);
        using var without = Reports.Engine(Reports.NoFloor with { Select = ["cov_sample"] }, export);
        Assert.Equal(1, with.SlotCount - without.SlotCount);
        Assert.Equal(ResultRow(with.Finish(), "cov_sample"), ResultRow(without.Finish(), "cov_sample"));
    }

    [Fact]
    public void A_wide_row_is_late_once()
    {
        var export = ExportBuilder.Table("telemetry").Time("event_ts", "ingest_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db", "latency_ms")
            .Row(At(1), At(1, 2_000_000), "A", -90.0, 5.0, 12.0).Row(At(2), At(2, 4_000_000), "A", null, null, null);
        var report = Laws.Hold(s_timeliness, export);
        Assert.Equal(["dq_timeliness 4 s", "dq_timeliness.telemetry 4 s"], report.Rows.Select(Shown));
        Assert.Equal(2, report.Row("dq_timeliness").Evidence!.Received);
    }

    [Fact]
    public void Validity_is_of_values_in_range_and_leaves_the_unserved_and_missing_out()
    {
        var radio = ExportBuilder.Radio()
            .Times(6, "2024-03-01 08:00", "c", "nr", -90.0, 5.0)
            .Times(2, "2024-03-01 08:00", "c", "nr", 2032.0, 5.0)
            .Times(3, "2024-03-01 08:00", null, null, null, null)
            .Row("2024-03-01 08:00", "c", "nr", null, 5.0);
        var probe = ExportBuilder.Table("probe").Time("event_ts").Numbers("latency_ms")
            .Times(3, "2024-03-01 08:00", 12.0).Times(1, "2024-03-01 08:00", -1.0).Times(1, "2024-03-01 08:00", (object?)null).Times(2, "2024-03-01 08:00", double.NaN);
        var report = Laws.Hold(Reports.NoFloor with { Select = ["dq_validity"] }, radio, probe);
        Assert.Equal(
            ["dq_validity 10/13", "dq_validity.probe 4/5", "dq_validity.radio 6/8"],
            report.Rows.Select(static row => $"{row.Indicator} {row.Fraction()}"));
        Assert.Equal((3, 1), (report.Row("dq_validity.radio").Evidence!.Unserved, report.Row("dq_validity.radio").Evidence!.Missing));
    }

    [Fact]
    public void Uniqueness_and_consistency_are_known_where_rows_are_compared_alone()
    {
        var export = ExportBuilder.Table("production").Time("interval_start").Keys("line", "order").Numbers("q_good").Column("revision", IndicatorCore.Columns.ArrowType.Int(32))
            .Row("2024-03-01 08:00", "L1", "12", 100.0, 1)
            .Row("2024-03-01 08:00", "L1", "12", 90.0, 2)     // the same key, another quantity
            .Times(3, "2024-03-01 09:00", "L1", "13", 50.0, 1)
            .Row("2024-03-01 10:00", "L1", "14", 50.0, 1);
        var query = Reports.NoFloor with { Select = ["dq_uniqueness", "dq_consistency"] };
        var report = Reports.Of(query with { Dedup = DedupPolicy.Rows }, export);
        var evidence = report.Row("dq_uniqueness").Evidence!;
        Assert.Equal(6, evidence.Received);
        Assert.Equal($"{6 - evidence.Duplicates}/6", report.Row("dq_uniqueness").Fraction());
        Assert.Equal($"{3 - evidence.Conflicts}/3", report.Row("dq_consistency").Fraction());   // three keys
        Assert.Equal((2, 1), (evidence.Duplicates, evidence.Conflicts));
        Assert.Equal("2/3", report.Row("dq_consistency.production").Fraction());
        Assert.Equal("CONFLICT", report.Row("dq_consistency").FlagText());

        var unknown = Laws.Hold(query, export);
        Assert.Equal(["NOT_AVAILABLE(NO_DATA)", "NOT_AVAILABLE(NO_DATA)"], unknown.Rows.Select(static row => row.StatusText()));
    }

    [Fact]
    public void Completeness_is_what_came_of_what_was_due()
    {
        var export = ExportBuilder.Connectivity();
        for (var i = 0; i < 18; i++)
        {
            export.Row(At(i * 3600), "A", "nr");       // an hour apart
        }

        export.Row(At(23 * 3600), "B", "nr").Row(At(23 * 3600), "X", "nr");
        var query = Reports.NoFloor with
        {
            Select = ["dq_completeness"],
            Registry = Registries.Of("L1: A B"),
            Source = SourceProfile.Parse("""{ "nominal_period": "1h" }""", "profile"),
        };
        var row = Laws.Hold(query, export).Row("dq_completeness");
        Assert.Equal(("19/48", "48"), (row.Fraction(), row.Evidence!.Expected.ToString()));
        Assert.Equal(19.0 / 48, row.Value);
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", Reports.Of(query with { Registry = null }, export).Row("dq_completeness").StatusText());
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", Reports.Of(query with { Source = null }, export).Row("dq_completeness").StatusText());
    }

    [Fact]
    public void A_clock_that_is_wrong_takes_its_one_way_latencies_out()
    {
        var query = Reports.NoFloor with { Select = ["lat_p50", "jitter", "reliability", "dq_timeliness"] };
        var report = Laws.Hold(query, Fleet(skewedSeconds: 6), Fleet(skewedSeconds: 6, from: 500));
        var row = report.Row("lat_p50");
        Assert.Equal((10.0, "CLOCK_SKEW", "20"), (row.Value, row.FlagText(), row.Evidence("n_clock_skew")));
        Assert.Equal((80, 60), (row.Evidence!.Received, row.Evidence.Valid));
        Assert.Equal("60/60", report.Row("reliability").Fraction());   // D's 6,010 ms are no latency
        Assert.Equal("CLOCK_SKEW", report.Row("reliability").FlagText());
        Assert.Equal((0.0, "CLOCK_SKEW"), (report.Row("jitter").Value, report.Row("jitter").FlagText()));
        Assert.Equal((7.0, "CLOCK_SKEW", "20"), (report.Row("dq_timeliness").Value, report.Row("dq_timeliness").FlagText(), report.Row("dq_timeliness").Evidence("n_clock_skew")));
    }

    [Fact]
    public void Five_seconds_are_no_skew_and_round_trips_need_no_clock()
    {
        var query = Reports.NoFloor with { Select = ["lat_p50", "lat_p99"] };
        var five = Laws.Hold(query, Fleet(skewedSeconds: 5));
        Assert.Equal(("", 5010.0), (five.Row("lat_p99").FlagText(), five.Row("lat_p99").Value));
        var roundTrip = Laws.Hold(query, Fleet(skewedSeconds: 6, oneWay: false));
        Assert.Equal(("", 6010.0), (roundTrip.Row("lat_p99").FlagText(), roundTrip.Row("lat_p99").Value));
        Assert.DoesNotContain(roundTrip.Row("lat_p99").Evidence!.Additional, static pair => pair.Key == "n_clock_skew");
    }

    [Fact]
    public void Only_the_rows_of_the_wrong_clock_are_flagged()
    {
        var query = Reports.NoFloor with { Select = ["lat_p50", "dq_timeliness"], GroupBy = ["device"] };
        var report = Laws.Hold(query, Fleet(skewedSeconds: -7), Fleet(skewedSeconds: -7, from: 500));
        Assert.Equal("", report.Row("lat_p50", "device=A").FlagText());
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", report.Row("lat_p50", "device=D").StatusText());
        Assert.Equal("CLOCK_SKEW", report.Row("lat_p50", "device=D").FlagText());
        Assert.Equal(("CLOCK_SKEW", ""), (report.Row("dq_timeliness", "device=D").FlagText(), report.Row("dq_timeliness", "device=B").FlagText()));
    }

    [Fact]
    public async Task Delays_and_one_way_packets_come_back_from_a_state_file()
    {
        var query = Reports.NoFloor with { Select = ["lat_p50", "lat_p99", "reliability", "dq_timeliness", "dq_validity"], Window = Window.Hour };
        using var folder = new TemporaryFolder();
        using var engine = Reports.Engine(query, Fleet(skewedSeconds: 6), Fleet(skewedSeconds: 6, from: 5000));
        await using (var state = File.Create(folder.File("a.state")))
        {
            engine.SaveState(state);
        }

        using var other = new IndicatorEngine(query with { Threads = 1 });
        await other.MergeStateAsync(folder.File("a.state"));
        Reports.AssertSame(engine.Finish(), other.Finish());
        await using (var state = File.Create(folder.File("b.state")))
        {
            other.SaveState(state);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("a.state")), File.ReadAllBytes(folder.File("b.state")));
    }

    [Fact]
    public void No_split_of_the_rows_shows()
    {
        var query = Reports.NoFloor with { Select = ["lat_p50", "lat_p99", "reliability", "jitter", "dq_timeliness", "dq_validity"], Window = Window.Hour, GroupBy = ["", "device"] };
        query = query with { GroupBy = ["device"] };
        var whole = Reports.Of(query, Fleet(skewedSeconds: 6, from: 3_000));
        var random = new Random(4);
        for (var round = 0; round < 5; round++)
        {
            ExportBuilder[] parts = [Probes(), Probes(), Probes()];
            foreach (var row in FleetRows(6, oneWay: true, 3_000).OrderBy(_ => random.Next()))
            {
                parts[random.Next(3)].Row(row);
            }

            Reports.AssertSame(whole, Reports.Of(query, parts));
        }
    }

    // four devices that report every second what takes 10 ms and arrives after 1 s; D's clock is slow by so many seconds
    private static ExportBuilder Fleet(int skewedSeconds, bool oneWay = true, int from = 0)
    {
        var export = Probes();
        foreach (var row in FleetRows(skewedSeconds, oneWay, from))
        {
            export.Row(row);
        }

        return export;
    }

    private static IEnumerable<object?[]> FleetRows(int skewedSeconds, bool oneWay, int start) =>
        from i in Enumerable.Range(0, 10)
        from device in (string[])["A", "B", "C", "D"]
        let skew = device == "D" ? skewedSeconds : 0
        select (object?[])[At(start + i, -skew * 1_000_000L), At(start + i, 1_000_000), device, 10.0 + Math.Max(0, skew * 1000), oneWay, 20.0];

    private static ExportBuilder Probes() => ExportBuilder.Table("probe").Time("event_ts", "ingest_ts").Keys("device").Numbers("latency_ms")
        .Column("one_way", ExportBuilder.Flag).Numbers("deadline_ms");

    private static ExportBuilder Delayed(string table) => ExportBuilder.Table(table).Time("event_ts", "ingest_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db");

    private static string At(int seconds, long microseconds = 0) => new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(seconds)
        .AddTicks(microseconds * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string Shown(IndicatorRow row) => $"{row.Indicator} {row.Value?.ToString(CultureInfo.InvariantCulture)} {row.Unit}";

    private static string ResultRow(IndicatorReport report, string indicator) => $"{report.Row(indicator).Fraction()} {report.Row(indicator).StatusText()}";
}
