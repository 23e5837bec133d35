using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Quantiles of latency with loss (indicator-definitions 1.6 and 6).</summary>
public sealed class LatencyTests
{
    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Select = ["lat_p50", "lat_p95", "lat_p99"] };

    [Theory]
    [InlineData("probe", false)]
    [InlineData("probe", true)]
    [InlineData("telemetry", true)]
    public void W12_lost_packets_are_infinitely_late(string table, bool flagged)
    {
        var export = Export(table, flagged);
        for (var i = 1; i <= 98; i++)
        {
            Add(export, flagged, (double)i, lost: false);
        }

        Add(export, flagged, null, lost: true);
        Add(export, flagged, null, lost: true);
        var report = Reports.Of(s_query, export);
        Assert.Equal(
            ["lat_p50 50 PUBLISHED", "lat_p50_rx 49 PUBLISHED", "lat_p95 95 PUBLISHED", "lat_p95_rx 94 PUBLISHED", "lat_p99  NOT_AVAILABLE(LOSS_EXCEEDS_TAIL)", "lat_p99_rx 98 PUBLISHED"],
            report.Rows.Select(static row => $"{row.Indicator} {row.Value?.ToString(CultureInfo.InvariantCulture)} {row.StatusText()}"));
        foreach (var row in report.Rows)
        {
            Assert.Equal("ms", row.Unit);
            Assert.Equal("/", row.Fraction());
            Assert.Equal("2", row.Evidence("n_lost"));
            Assert.DoesNotContain(row.Evidence!.Additional, static pair => pair.Key == "alpha");
            Assert.Equal((100, 98, 0, 0), (row.Evidence.Received, row.Evidence.Valid, row.Evidence.Missing, row.Evidence.Invalid));
            Assert.Equal(Reports.Nanoseconds("2024-03-01 08:00"), row.Evidence.FirstTimestamp);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(32)]
    public void Every_latency_has_its_class(int bits)
    {
        var export = ExportBuilder.Table("probe").Time("event_ts").Column("latency_ms", ArrowType.Float(bits)).Column("lost", ExportBuilder.Flag);
        foreach (var invalid in new[] { -1, 4294967295, 1e30, -0.5, double.PositiveInfinity, double.NegativeInfinity })
        {
            Add(export, flagged: true, bits == 32 ? (float)invalid : invalid, lost: false);
        }

        object nan = bits == 32 ? float.NaN : double.NaN;
        Add(export, flagged: true, nan, lost: false);
        Add(export, flagged: true, nan, lost: null);
        Add(export, flagged: true, bits == 32 ? 0f : 0.0, lost: null);
        Add(export, flagged: true, bits == 32 ? 7.5f : 7.5, lost: false);
        Add(export, flagged: true, bits == 32 ? 9f : 9.0, lost: true);   // the flag decides
        Add(export, flagged: true, nan, lost: true);
        Add(export, flagged: true, null, lost: false);                   // null is lost, whatever the flag
        Add(export, flagged: true, null, lost: null);
        var row = Reports.Of(s_query, export).Row("lat_p50_rx");
        Assert.Equal((14, 2, 2, 6), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing, row.Evidence.Invalid));
        Assert.Equal("4", row.Evidence("n_lost"));
        Assert.Equal(0, row.Value);
        Assert.Equal("", Reports.Text(row.Evidence.Quarantined));
    }

    [Fact]
    public void A_null_in_a_wide_row_is_no_probe_unless_it_is_lost()
    {
        var export = Export("telemetry", flagged: true);
        Add(export, true, null, lost: null);
        Add(export, true, null, lost: false);
        Add(export, true, null, lost: true);
        Add(export, true, double.NaN, lost: null);
        Add(export, true, 3.0, lost: null);
        var row = Reports.Of(s_query, export).Row("lat_p50");
        Assert.Equal((3, 1, 1), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Missing));
        Assert.Equal(("1", 3.0), (row.Evidence("n_lost"), row.Value));

        var unflagged = Export("telemetry", flagged: false);
        Add(unflagged, false, null, lost: null);
        Add(unflagged, false, 3.0, lost: null);
        Assert.Equal(1, Reports.Of(s_query, unflagged).Row("lat_p50").Evidence!.Received);
    }

    [Fact]
    public void Nothing_received_and_nothing_sent_say_why()
    {
        var lost = Export("probe", flagged: false);
        Add(lost, false, null, lost: null);
        var report = Reports.Of(s_query, lost);
        Assert.Equal("NOT_AVAILABLE(LOSS_EXCEEDS_TAIL)", report.Row("lat_p50").StatusText());
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", report.Row("lat_p50_rx").StatusText());

        var missing = Export("probe", flagged: false);
        Add(missing, false, double.NaN, lost: null);
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", Reports.Of(s_query, missing).Row("lat_p50").StatusText());
        var none = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr");
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", Reports.Of(s_query, none).Row("lat_p50").StatusText());
    }

    [Fact]
    public void A_part_comes_alone_and_a_whole_brings_its_part()
    {
        var export = Export("probe", flagged: false);
        Add(export, false, 3.0, lost: null);
        Assert.Equal(["lat_p95_rx"], Reports.Of(s_query with { Select = ["lat_p95_rx"] }, export).Rows.Select(static row => row.Indicator));
        Assert.Equal(["lat_p95", "lat_p95_rx"], Reports.Of(s_query with { Select = ["lat_p95"] }, export).Rows.Select(static row => row.Indicator));
    }

    [Fact]
    public async Task Only_the_union_above_the_border_is_of_buckets_and_no_split_shows()
    {
        using var folder = new TemporaryFolder();
        var query = s_query with { GroupBy = ["line", "province"] };
        var lines = Enumerable.Range(0, 2).Select(line => Lines(line, 40_000)).ToArray();
        using var once = Reports.Engine(query, lines);
        var report = once.Finish();
        Assert.Equal(19.999, report.Row("lat_p50", "line=L0").Value);
        Assert.Equal(59.999, report.Row("lat_p50", "line=L1").Value);
        Assert.DoesNotContain(report.Row("lat_p50", "line=L1").Evidence!.Additional, static pair => pair.Key == "alpha");
        var whole = report.Row("lat_p50", "province=");
        Assert.Equal("0.00390625", whole.Evidence("alpha"));
        Assert.InRange(whole.Value!.Value, 39.999 * 255 / 256, 39.999 * 257 / 256);

        using var other = new IndicatorEngine(query with { Threads = 3 });
        foreach (var line in lines.Reverse())
        {
            using var part = Reports.Engine(query, line);
            await using (var state = File.Create(folder.File("part.state")))
            {
                part.SaveState(state);
            }

            await other.MergeStateAsync(folder.File("part.state"));
        }

        Reports.AssertSame(report, other.Finish());
        using var left = new MemoryStream();
        using var right = new MemoryStream();
        once.SaveState(left);
        other.SaveState(right);
        Assert.Equal(left.ToArray(), right.ToArray());
    }

    [Fact]
    public async Task Buckets_can_be_asked_for_from_the_start()
    {
        using var folder = new TemporaryFolder();
        var exact = s_query with { GroupBy = ["line"] };
        var bucketed = exact with { Profile = exact.Profile with { BucketsQuantiles = true } };
        using var engine = Reports.Engine(bucketed, Lines(1, 5_000));
        var row = engine.Finish().Row("lat_p95", "line=L1");
        var expected = Reports.Of(exact, Lines(1, 5_000)).Row("lat_p95", "line=L1").Value!.Value;
        Assert.Equal("0.00390625", row.Evidence("alpha"));
        Assert.NotEqual(expected, row.Value!.Value);
        Assert.InRange(row.Value!.Value, expected * 255 / 256, expected * 257 / 256);

        await using (var state = File.Create(folder.File("a.state")))
        {
            engine.SaveState(state);
        }

        using var merged = new IndicatorEngine(bucketed);
        await merged.MergeStateAsync(folder.File("a.state"));
        Reports.AssertSame(engine.Finish(), merged.Finish());
        using var other = new IndicatorEngine(exact);
        await Assert.ThrowsAsync<StateMismatchException>(() => other.MergeStateAsync(folder.File("a.state")));
    }

    [Fact]
    public async Task A_line_of_which_nothing_came_back_leaves_the_values_of_others_in_their_place()
    {
        using var folder = new TemporaryFolder();
        var query = s_query with { GroupBy = ["line"] };
        var export = ExportBuilder.Table("probe").Time("event_ts").Keys("line").Numbers("latency_ms")
            .Row("2024-03-01 08:00", "L1", null).Row("2024-03-01 08:00", "L2", 5.0).Row("2024-03-01 08:00", "L3", 7.0);
        using var engine = Reports.Engine(query, export);
        await using (var state = File.Create(folder.File("a.state")))
        {
            engine.SaveState(state);
        }

        using var merged = new IndicatorEngine(query);
        await merged.MergeStateAsync(folder.File("a.state"));
        Reports.AssertSame(engine.Finish(), merged.Finish());
    }

    private static ExportBuilder Lines(int line, int count)
    {
        var export = ExportBuilder.Table("probe").Time("event_ts").Keys("line").Numbers("latency_ms");
        for (var i = 0; i < count; i++)
        {
            // 0.001 ms apart, each once, lines next to each other
            export.Row("2024-03-01 08:00", $"L{line}", ((line * count) + (i * 7 % count)) / 1000.0);
            if (i % 1_000 == 999)
            {
                export.NextBatch();
            }
        }

        return export;
    }

    private static ExportBuilder Export(string table, bool flagged)
    {
        var export = ExportBuilder.Table(table).Time("event_ts").Numbers("latency_ms");
        return flagged ? export.Column("lost", ExportBuilder.Flag) : export;
    }

    private static void Add(ExportBuilder export, bool flagged, object? latency, bool? lost)
    {
        if (flagged)
        {
            export.Row("2024-03-01 08:00", latency, lost);
        }
        else
        {
            export.Row("2024-03-01 08:00", latency);
        }
    }
}
