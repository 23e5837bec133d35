using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Reliability, jitter, loss, throughput, sessions and radio values, from Arrow bytes to rows (indicator-definitions 3.5 and 6).</summary>
public sealed class NetworkIndicatorTests
{
    private const string Day = "2024-03-01 ";

    [Fact]
    public void W12_reliability_jitter_and_loss_of_a_hundred_packets()
    {
        var export = Probe();
        for (var i = 1; i <= 100; i++)
        {
            export.Row(At(i), "A", i, i > 98 ? null : (double)i, 20.0, i > 98);
        }

        var report = Reports.Of(Query("reliability", "jitter", "loss"), export);
        var reliability = report.Row("reliability");
        Assert.Equal(("20/100", 0.2, "PUBLISHED", "2"), (reliability.Fraction(), reliability.Value, reliability.StatusText(), reliability.Evidence("n_lost")));
        Assert.Equal((0.1334, 0.2888), (Math.Round(reliability.Low!.Value, 4), Math.Round(reliability.High!.Value, 4)));
        Assert.Equal((45.0, 45.0), (report.Row("jitter").Value, report.Row("jitter_rx").Value));
        Assert.Equal(("2/100", 0.02), (report.Row("loss").Fraction(), report.Row("loss").Value));
        Assert.Equal((0.0, 0.0), (report.Row("loss.duplicates").Value, report.Row("loss.reordered").Value));
        Assert.Equal((null, null), (report.Row("loss").Low, report.Row("loss").High));
    }

    [Fact]
    public void Jitter_beyond_the_tail_is_not_available()
    {
        var export = Probe();
        for (var i = 1; i <= 10; i++)
        {
            export.Row(At(i), "A", i, i > 9 ? null : (double)i, 20.0, i > 9);
        }

        var report = Reports.Of(Query("jitter"), export);
        Assert.Equal("NOT_AVAILABLE(LOSS_EXCEEDS_TAIL)", report.Row("jitter").StatusText());
        Assert.Equal(4.0, report.Row("jitter_rx").Value);
    }

    [Fact]
    public void Packets_in_flight_at_the_end_of_the_window_are_excluded_and_the_deadline_is_inclusive()
    {
        // a deadline of 1 s: sent at 23:59:59.0 it is due at midnight, sent later it is in flight
        var export = Probe()
            .Row("2024-03-01 23:59:58", "A", 1, 1000.0, 1000.0, false)
            .Row("2024-03-01 23:59:59", "A", 2, 1000.000001, 1000.0, false)
            .Row("2024-03-01 23:59:59.001", "A", 3, 5.0, 1000.0, false)
            .Row("2024-03-01 23:59:59.5", "A", 4, null, 1000.0, true)
            .Row("2024-03-02 12:00", "A", 5, double.NaN, 1000.0, false)
            .Row("2024-03-02 12:01", "A", 6, 5.0, null, false)
            .Row("2024-03-02 12:02", "A", 7, 5.0, 5.0, false);
        var days = Reports.Of(Query("reliability") with { Window = Window.Day }, export);
        Assert.Equal(["1/2", "1/1"], days.RowsOf("reliability").Select(Reports.Fraction));

        // the border of a day is none of the whole window
        Assert.Equal("3/5", Reports.Of(Query("reliability"), export).Row("reliability").Fraction());
        Assert.Equal("1/2", Reports.Of(Query("reliability") with { To = TimeBound.Parse("2024-03-02") }, export).Row("reliability").Fraction());
        Assert.Equal(
            "2/3", Reports.Of(Query("reliability") with { To = TimeBound.Parse("2024-03-02T00:00:00.001+08:00") }, export).Row("reliability").Fraction());
        var asOf = DateTimeOffset.Parse("2024-03-02T00:00:00+08:00", CultureInfo.InvariantCulture);
        Assert.Equal("1/2", Reports.Of(Query("reliability") with { AsOf = asOf }, export).Row("reliability").Fraction());
    }

    [Fact]
    public void A_deadline_of_days_is_in_flight_at_every_midnight_before_it_is_due()
    {
        var twoDays = 2 * 86_400_000.0;
        var export = Probe().Row("2024-03-01 12:00", "A", 1, 5.0, twoDays, false).Row("2024-03-04 12:00", "A", 2, 5.0, 10.0, false);
        string[] ends = ["2024-03-02", "2024-03-03", "2024-03-04"];
        Assert.Equal(
            ["/", "/", "1/1"],
            ends.Select(end => Reports.Of(Query("reliability") with { From = TimeBound.Parse("2024-03-01"), To = TimeBound.Parse(end) }, export).Row("reliability").Fraction()));
    }

    [Fact]
    public void A_constant_deadline_serves_and_none_is_said()
    {
        var export = ExportBuilder.Table("probe").Time("event_ts").Numbers("latency_ms").Row(Day + "08:00", 5.0).Row(Day + "08:01", 25.0);
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Reports.Of(Query("reliability"), export).Row("reliability").StatusText());
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Reports.Of(Query("loss"), export).Row("loss").StatusText());
        var source = SourceProfile.Parse("""{ "columns": { "deadline_ms": { "constant": "20" } } }""", "test");
        Assert.Equal("1/2", Reports.Of(Query("reliability") with { Source = source }, export).Row("reliability").Fraction());
    }

    [Theory]
    [InlineData("probe")]
    [InlineData("telemetry")]
    public void W13_sequence_numbers_of_16_bits(string table)
    {
        var export = ExportBuilder.Table(table).Time("event_ts").Numbers("latency_ms").Column("seq", ArrowType.Int(16, isSigned: false));
        var second = 0;
        foreach (var number in new[] { 65533, 65534, 65535, 1, 0, 1, 4 })
        {
            export.Row(At(second++), 5.0, number);
        }

        var report = Reports.Of(Query("loss"), export);
        Assert.Equal("2/8", report.Row("loss").Fraction());
        Assert.Equal(("1/", "1/"), (report.Row("loss.duplicates").Fraction(), report.Row("loss.reordered").Fraction()));
    }

    [Fact]
    public void Flows_and_devices_have_sequences_of_their_own()
    {
        var export = ExportBuilder.Table("probe").Time("event_ts").Keys("flow", "device").Numbers("latency_ms").Column("seq", ArrowType.Int(64));
        foreach (var (flow, device, number) in new[] { ("ul", "A", 1), ("ul", "A", 3), ("dl", "A", 100), ("dl", "A", 101), ("ul", "B", 50), ("ul", "B", 59) })
        {
            export.Row(At(number), flow, device, 5.0, number);
        }

        export.Row(At(7), "ul", "B", 5.0, null);
        Assert.Equal("9/15", Reports.Of(Query("loss"), export).Row("loss").Fraction());
        var byDevice = Reports.Of(Query("loss") with { GroupBy = ["device"] }, export);
        Assert.Equal("1/5", byDevice.Row("loss", "device=A").Fraction());
        Assert.Equal("8/10", byDevice.Row("loss", "device=B").Fraction());
    }

    [Fact]
    public void W14_throughput_is_weighted_by_bytes_and_resets_are_counted()
    {
        var export = Counter();
        foreach (var (second, bytes) in new[] { (0, 1_000L), (10, 126_000), (20, 500), (30, 125_500) })
        {
            export.Row(At(second), "gNB1", "ul", bytes, null, null);
        }

        var report = Reports.Of(Query("thr"), export);
        Assert.Equal(("2000000/20", 100_000.0, "bit/s"), (report.Row("thr").Fraction(), report.Row("thr").Value, report.Row("thr").Unit));
        Assert.Equal("2000000/20", report.Row("thr_ul").Fraction());
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", report.Row("thr_dl").StatusText());
        Assert.Equal(("1/", 1.0), (report.Row("thr.resets").Fraction(), report.Row("thr.resets").Value));
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", report.Row("thr_p50").StatusText());   // ten seconds apart tell no rate of one
        Assert.Equal((4, 4), (report.Row("thr").Evidence!.Received, report.Row("thr").Evidence!.Valid));

        // a second object at a tenth of the rate for ten times as long: never the mean of rates
        foreach (var (second, bytes) in new[] { (0, 4_294_967_000L), (200, 249_704) })
        {
            export.Row(At(second), "gNB2", "dl", bytes, 32, 1e9);
        }

        var both = Reports.Of(Query("thr"), export);
        Assert.Equal(("4000000/220", "2000000/200"), (both.Row("thr").Fraction(), both.Row("thr_dl").Fraction()));
    }

    [Fact]
    public void W14_a_counter_of_32_bits_wraps()
    {
        var export = Counter().Row(At(0), "gNB1", "dl", 4_294_967_000L, 32, 1e9).Row(At(10), "gNB1", "dl", 704L, 32, 1e9);
        var report = Reports.Of(Query("thr"), export);
        Assert.Equal(("8000/10", 0.0), (report.Row("thr").Fraction(), report.Row("thr.resets").Value));
    }

    /// <summary>A constructed twin of a real rural drive: every sample is covered, and half of the round trips take longer than a second and a half.</summary>
    [Fact]
    public void W29_coverage_is_not_service()
    {
        const int Samples = 4_193;
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Keys("cell").Numbers("rsrp_dbm", "sinr_db", "latency_ms");
        for (var i = 0; i < Samples; i++)
        {
            // the middle one takes 1,662 ms, the last one 34,052
            var latency = i == Samples - 1 ? 34_052 : i < Samples / 2 ? 40 + i % 1_500 : 1_662 + (i - (Samples / 2));
            export.Row($"2024-03-01 {8 + (i / 3_600):D2}:{i / 60 % 60:D2}:{i % 60:D2}", "c", -90, 5, latency);
        }

        var report = Reports.Of(Query("cov_sample", "lat_p50", "lat_p99"), export);
        Assert.Equal(("4193/4193", 1.0), (report.Row("cov_sample").Fraction(), report.Row("cov_sample").Value));
        Assert.Equal(1_662, report.Row("lat_p50").Value);
        Assert.True(report.Row("lat_p99").Value > 3_000);
    }

    [Fact]
    public void Rates_of_seconds_have_their_quantiles()
    {
        var export = Counter();
        long bytes = 0;
        for (var second = 0; second <= 20; second++)
        {
            export.Row(At(second), "gNB1", "ul", bytes, null, null);
            bytes += (second + 1) * 125;   // 1, 2 ... 20 kbit/s
        }

        var report = Reports.Of(Query("thr"), export);
        Assert.Equal((1_000.0, 10_000.0), (report.Row("thr_p5").Value, report.Row("thr_p50").Value));
        Assert.Equal("/", report.Row("thr_p50").Fraction());
        Assert.Equal(10_500, report.Row("thr").Value);
    }

    [Fact]
    public void Counter_rows_have_their_classes_and_a_span_belongs_where_it_starts()
    {
        var export = Counter()
            .Row("2024-03-01 23:59:50", "gNB1", null, 1_000L, null, null)
            .Row("2024-03-02 00:00:10", "gNB1", null, 3_000L, null, null)
            .Row("2024-03-02 00:00:20", "gNB1", null, 3_500L, null, null)
            .Row("2024-03-02 00:00:30", "gNB1", null, null, null, null)
            .Row("2024-03-02 00:00:30", null, null, 5L, null, null)
            .Row("2024-03-02 00:00:30", "gNB1", null, -5L, null, null);
        var days = Reports.Of(Query("thr") with { Window = Window.Day }, export).RowsOf("thr");
        Assert.Equal(["16000/20", "4000/10"], days.Select(Reports.Fraction));
        Assert.Equal((5, 2, 2, 1), (days[1].Evidence!.Received, days[1].Evidence!.Valid, days[1].Evidence!.Missing, days[1].Evidence!.Invalid));
    }

    [Fact]
    public void Capacity_is_passed_through_once_an_object()
    {
        var export = Counter()
            .Row(At(0), "gNB1", "ul", 5L, 32, 1e9).Row(At(0), "gNB1", "dl", 5L, 32, 1e9).Row(At(9), "gNB1", "dl", 5L, 32, 2e9)
            .Row(At(0), "gNB2", "ul", 5L, null, 5e8).Row(At(0), "gNB3", "ul", 5L, null, null).Row("2024-03-02 08:00", "gNB3", "ul", 5L, null, null);
        var days = Reports.Of(Query("capacity") with { Window = Window.Day }, export).RowsOf("capacity");
        Assert.Equal(["2500000000/ PUBLISHED", "/ NOT_AVAILABLE(NO_DATA)"], days.Select(static row => $"{row.Fraction()} {row.StatusText()}"));
        Assert.Equal((2.5e9, "bit/s"), (days[0].Value, days[0].Unit));
        var silent = ExportBuilder.Table("counter").Time("event_ts").Keys("object").Numbers("bytes").Row(At(0), "g", 1.0);
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Reports.Of(Query("capacity"), silent).Row("capacity").StatusText());
    }

    [Fact]
    public void W27_concurrency_whatever_the_split()
    {
        foreach (var keyed in new[] { false, true })
        {
            var sessions = Session(keyed);
            Add(sessions, keyed, "A", 0, 10, "s1");
            Add(sessions, keyed, "B", 5, 15, "s2");
            Add(sessions, keyed, "C", 10, 20, "s3");
            Assert.Equal((2.0, "2/"), (Reports.Of(Query("concurrency"), sessions).Row("concurrency").Value, Reports.Of(Query("concurrency"), sessions).Row("concurrency").Fraction()));

            var (first, second) = (Session(keyed), Session(keyed));
            Add(first, keyed, "A", 0, 10, "s1");
            Add(first, keyed, "B", 5, 15, "s2");
            Add(second, keyed, "C", 10, 20, "s3");
            Add(second, keyed, "B", 5, 15, "s2");   // known already
            Assert.Equal(2, Reports.Of(Query("concurrency"), second, first).Row("concurrency").Value);
        }
    }

    [Fact]
    public void Long_sessions_are_counted_once_over_distinct_devices()
    {
        var export = Session(keyed: true);
        Add(export, true, "A", 0, 3_600, "s1");     // an hour is not longer than an hour
        Add(export, true, "A", 4_000, 7_601, "s2");
        Add(export, true, "B", 0, 1_900, "s3");     // two rows of one session
        Add(export, true, "B", 1_900, 3_700, "s3");
        Add(export, true, "C", 5, 5, "s4");         // attached, and never active
        export.Row(At(0), null, "D", "s5").Row(At(0), At(9), null, "s6").Row(At(9), At(0), "E", "s7");
        var report = Reports.Of(Query("conn", "concurrency"), export);
        var row = report.Row("conn");
        Assert.Equal(("2/3", "1"), (row.Fraction(), row.Unit));
        Assert.Equal((8, 5, 2, 1), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing, row.Evidence.Invalid));
        Assert.Equal(2, report.Row("concurrency").Value);
    }

    [Fact]
    public void A_session_belongs_to_every_window_in_which_it_is_active()
    {
        var export = Session(keyed: false)
            .Row("2024-03-01 20:00", "2024-03-03 00:00", "A")
            .Row("2024-03-02 10:00", "2024-03-02 10:30", "B")
            .Row("2024-03-03 10:00", "2024-03-03 10:30", "B");
        var days = Reports.Of(Query("conn", "concurrency") with { Window = Window.Day }, export);
        Assert.Equal(["1/1", "1/2", "0/1"], days.RowsOf("conn").Select(Reports.Fraction));
        Assert.Equal([1, 2, 1], days.RowsOf("concurrency").Select(static row => row.Value!.Value));
    }

    [Fact]
    public void Radio_quantiles_are_of_served_valid_values()
    {
        var export = ExportBuilder.Radio();
        for (var i = 1; i <= 20; i++)
        {
            export.Row(At(i), "c", "nr", -60.0 - i, (double)(i - 10));
        }

        export.Row(At(30), null, null, -40.0, 35.0).Row(At(31), "c", "lte", -40.0, 35.0).Row(At(32), "c", "nr", 2032.0, double.NaN).Row(At(33), "c", "nr", null, 11.0);
        var report = Reports.Of(Query("rsrp_p5", "rsrp_p50", "sinr_p5", "sinr_p50"), export);
        Assert.Equal(
            ["rsrp_p5 -80 dBm", "rsrp_p50 -71 dBm", "sinr_p5 -8 dB", "sinr_p50 1 dB"],
            report.Rows.Select(static row => $"{row.Indicator} {row.Value} {row.Unit}"));
        Assert.Equal((24, 2), (report.Row("rsrp_p5").Evidence!.Received, report.Row("rsrp_p5").Evidence!.Unserved));
        var none = ExportBuilder.Radio().Row(At(1), null, null, -40.0, 35.0);
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", Reports.Of(Query("rsrp_p5"), none).Row("rsrp_p5").StatusText());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void Radio_quantiles_are_those_of_a_sorted_list(int percent)
    {
        var random = new Random(percent);
        var values = Enumerable.Range(0, 5_000).Select(_ => Math.Round(random.NextDouble() * 60, 3)).ToArray();
        var export = ExportBuilder.Radio();
        foreach (var value in values)
        {
            export.Row(At(random.Next(80_000)), "c", "nr", -40 - value, value - 20);
        }

        var report = Reports.Of(Query($"rsrp_p{percent}", $"sinr_p{percent}"), export);
        var rank = (int)Math.Ceiling(percent * values.Length / 100.0) - 1;
        Assert.Equal(values.Select(static value => Math.Round(-40 - value, 6)).Order().ElementAt(rank), report.Row($"rsrp_p{percent}").Value!.Value, 9);
        Assert.Equal(values.Select(static value => Math.Round(value - 20, 6)).Order().ElementAt(rank), report.Row($"sinr_p{percent}").Value!.Value, 9);
    }

    [Theory]
    [InlineData("reliability")]
    [InlineData("loss")]
    [InlineData("thr")]
    [InlineData("capacity")]
    [InlineData("conn")]
    [InlineData("concurrency")]
    [InlineData("link_avail")]
    [InlineData("cov_time")]
    [InlineData("rsrp_p5")]
    [InlineData("jitter")]
    public void By_product_nothing_applies(string indicator)
    {
        var source = SourceProfile.Parse("""{ "nominal_period": "10s" }""", "test");
        var rows = Reports.Of(
            Query(indicator) with { GroupBy = ["product"], Source = source },
            Probe().Row(At(0), "A", 1, 5.0, 20.0, false),
            Counter().Row(At(0), "g", "ul", 5L, null, 1e9),
            Session(keyed: false).Row(At(0), At(5), "A"),
            ExportBuilder.Connectivity().Row(At(0), "A", "nr"),
            ExportBuilder.Table("radio").Time("event_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db").Row(At(0), "A", -80.0, 5.0)).Rows;
        Assert.NotEmpty(rows);
        Assert.All(rows, static row => Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", row.StatusText()));
    }

    private static IndicatorQuery Query(params string[] select) => Reports.NoFloor with { Select = select };

    private static string At(double second) => new DateTime(2024, 3, 1, 8, 0, 0).AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static ExportBuilder Probe() => ExportBuilder.Table("probe").Time("event_ts").Keys("device").Column("seq", ArrowType.Int(64))
        .Numbers("latency_ms", "deadline_ms").Column("lost", ExportBuilder.Flag);

    private static ExportBuilder Counter() => ExportBuilder.Table("counter").Time("event_ts").Keys("object", "direction")
        .Column("bytes", ArrowType.Int(64)).Column("counter_bits", ArrowType.Int(32)).Numbers("link_capacity_bps");

    private static ExportBuilder Session(bool keyed)
    {
        var export = ExportBuilder.Table("session").Time("start_ts", "end_ts").Keys("device");
        return keyed ? export.Keys("session") : export;
    }

    private static void Add(ExportBuilder export, bool keyed, string device, double start, double end, string session)
    {
        if (keyed)
        {
            export.Row(At(start), At(end), device, session);
        }
        else
        {
            export.Row(At(start), At(end), device);
        }
    }
}
