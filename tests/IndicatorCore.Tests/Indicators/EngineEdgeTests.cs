using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Borders of the contract: windows, groups, quarantine, flags, types, misuse.</summary>
public sealed class EngineEdgeTests
{
    private static readonly IndicatorQuery s_energy = Reports.NoFloor with { Select = ["energy_kwh"] };

    [Theory]
    [InlineData(Window.Hour, "2024-02-28 23:00:00..2024-02-29", "2024-03-04 10:00:00..2024-03-04 11:00:00", false)]
    [InlineData(Window.Day, "2024-02-28..2024-02-29", "2024-03-04..2024-03-05", false)]
    [InlineData(Window.Week, "2024-02-26..2024-03-04", "2024-03-04..2024-03-05", true)]
    [InlineData(Window.Month, "2024-02-01..2024-03-01", "2024-03-01..2024-03-05", true)]
    [InlineData(Window.Quarter, "2024-01-01..2024-03-05", "2024-01-01..2024-03-05", true)]
    [InlineData(Window.Year, "2024-01-01..2024-03-05", "2024-01-01..2024-03-05", true)]
    public void Calendar_windows_run_from_the_first_to_the_last_with_data(Window window, string first, string last, bool isCut)
    {
        var rows = Reports.Of(s_energy with { Window = window }, Energy()).RowsOf("energy_kwh");
        Assert.Equal((first, last), (rows[0].WindowText(), rows[^1].WindowText()));
        Assert.Equal(isCut ? "PARTIAL" : string.Empty, rows[^1].FlagText());
        Assert.All(rows.SkipLast(1), static row => Assert.Empty(row.FlagText()));
        Assert.Equal(7, rows.Sum(static row => row.Value ?? 0));
        Assert.All(rows.Where(static row => row.Value is null), static row => Assert.Equal("NOT_AVAILABLE(NO_DATA)", row.StatusText()));
        Assert.Equal(rows.Count, rows.Select(static row => row.WindowStart).Distinct().Count());
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-77)]
    [InlineData(77)]
    [InlineData(int.MaxValue)]
    public void A_decimal_of_more_places_than_decimals_have_is_refused_before_a_value_is_read(int scale)
    {
        ExportBuilder Export(string name, string other, int places) => ExportBuilder.Table("energy").Time("interval_start")
            .Column(name, ArrowType.Decimal128(10, places)).Column(other, ArrowType.Decimal128(10, 2))
            .Row("2024-03-01 08:00", null, null);
        Assert.Throws<SchemaMismatchException>(() => Reports.Of(s_energy, Export("kwh", "q", scale)));
        Assert.Throws<SchemaMismatchException>(() => Reports.Of(s_energy with { Where = [new("q", "1")] }, Export("q", "kwh", scale)));
        Assert.NotEmpty(Reports.Of(s_energy, Export("kwh", "q", Math.Sign(scale) * 76)).Rows);
    }

    [Theory]
    [InlineData("2024-02-29", null, 6)]
    [InlineData(null, "2024-02-29", 1)]
    [InlineData("2024-02-29T08:00:00+08:00", null, 6)]
    [InlineData("2024-02-29T08:00:01+08:00", null, 4)]
    [InlineData(null, "2024-02-29T08:00:00+08:00", 1)]
    [InlineData("2024-02-28T16:00:00Z", "2024-02-29T00:00:01Z", 2)]
    public void From_is_inclusive_and_to_exclusive_at_any_instant(string? from, string? to, double sum)
    {
        var query = s_energy with { From = from is null ? null : TimeBound.Parse(from), To = to is null ? null : TimeBound.Parse(to) };
        foreach (var window in new[] { Window.Default, Window.All, Window.Day, Window.Hour })
        {
            var rows = Reports.Of(query with { Window = window }, Energy()).RowsOf("energy_kwh");
            Assert.Equal(sum, rows.Sum(static row => row.Value ?? 0));
            Assert.True(from is null || rows[0].WindowStart >= Reports.Nanoseconds(from.Length == 10 ? from + " 00:00" : from.Replace('T', ' ')));
        }
    }

    [Fact]
    public void The_reference_date_cuts_what_comes_after_it()
    {
        var asOf = s_energy with { AsOf = DateTimeOffset.Parse("2024-03-04T09:00:00+08:00", CultureInfo.InvariantCulture) };
        var row = Reports.Of(asOf, Energy()).Row("energy_kwh");
        Assert.Equal(("2024-02-28..2024-03-04", 3.0), (row.WindowText(), row.Value));
        var months = Reports.Of(asOf with { Window = Window.Month }, Energy()).RowsOf("energy_kwh");
        Assert.Equal(["2024-02-01..2024-03-01"], months.Select(Reports.WindowText));
    }

    [Fact]
    public void Indicators_that_mean_nothing_at_a_level_say_so()
    {
        var registry = Registries.Of("L1: A") with { GridCells = Registries.Cells("F1", (0, 0)) };
        var query = Reports.NoFloor with { Registry = registry, GroupBy = ["line", "product", "device"] };
        var radio = ExportBuilder.Table("radio").Time("event_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m")
            .Times(5, "2024-03-01 08:00", "A", -80, 10, 5, 5);
        var report = Reports.Of(query, radio, ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr"));
        Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", report.Row("cov_grid", "line=L1").StatusText());
        Assert.Equal("NOT_AVAILABLE(GROUP_NOT_APPLICABLE)", report.Row("knr", "product=").StatusText());
        Assert.Equal("1/1", report.Row("knr", "device=A").Fraction());
        Assert.Equal("5/5", report.Row("cov_sample", "device=A").Fraction());
        Assert.Equal("SINGLE_DEVICE_DAY", report.Row("cov_sample", "line=L1").FlagText());
    }

    [Theory]
    [InlineData("B", "")]
    [InlineData("A", "SINGLE_DEVICE_DAY")]
    public void Engines_that_number_devices_otherwise_agree_on_the_only_one(string device, string flags)
    {
        ExportBuilder Samples(string name, double rsrp) => ExportBuilder.Table("radio").Time("event_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db")
            .Times(3, "2024-03-01 08:00", name, rsrp, 10);
        var query = Reports.NoFloor with { Select = ["cov_sample"] };
        using var left = Reports.Engine(query, ExportBuilder.Connectivity().Row("2024-03-01 08:00", "Z", "nr"), Samples("A", -80));
        using var right = Reports.Engine(query, Samples(device, -81));
        left.Merge(right);
        Assert.Equal(("6/6", flags), (left.Finish().Row("cov_sample").Fraction(), left.Finish().Row("cov_sample").FlagText()));

        // the same without a merge
        Reports.AssertSame(Reports.Of(query, Samples(device, -81), Samples("A", -80)), left.Finish());
    }

    [Fact]
    public void Without_a_registry_there_is_no_networking_rate_and_no_phase()
    {
        var report = Reports.Of(
            Reports.NoFloor,
            ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr"),
            ExportBuilder.Production().Row("2024-03-01 08:00", "L1", "X", 10, 1));
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", report.Row("knr").StatusText());
        Assert.Null(report.Row("knr").Value);
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", report.Row("eff_gain").StatusText());
    }

    [Fact]
    public void A_factory_without_a_site_plan_is_flagged()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db").Keys("grid")
            .Times(5, "2024-03-01 08:00", -80, 10, "0:0:0").Times(4, "2024-03-01 08:00", -80, 10, "0:1:0");
        var row = Reports.Of(Reports.NoFloor, export).Row("cov_grid");
        Assert.Equal("SUPPRESSED(MEASURED_SHARE_LOW)", row.StatusText());
        Assert.Equal((0.5, 1.0, "NO_SITE_PLAN"), (row.Low, row.High, row.FlagText()));
    }

    [Theory]
    [InlineData(4, "PUBLISHED", "")]
    [InlineData(5, "PUBLISHED", "")]
    [InlineData(6, "PUBLISHED_WITH_WARNING", "MISSING_SHARE_WARN")]
    [InlineData(20, "PUBLISHED_WITH_WARNING", "MISSING_SHARE_WARN")]
    [InlineData(21, "SUPPRESSED(MISSING_SHARE_HIGH)", "MISSING_SHARE_WARN")]
    public void Missing_samples_warn_above_five_percent_and_suppress_above_twenty(int percent, string status, string flags)
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db")
            .Times(percent * 10, "2024-03-01 08:00", null, 10).Times(1000 - (percent * 10), "2024-03-01 08:00", -80, 10);
        var query = new IndicatorQuery { Select = ["cov_sample"], Threads = 2 };
        var row = Reports.Of(query, export).Row("cov_sample");
        Assert.Equal((status, flags), (row.StatusText(), row.FlagText()));
        Assert.Equal("PUBLISHED", Reports.Of(query with { Profile = DefinitionProfile.TestNoFloor }, export).Row("cov_sample").StatusText());
    }

    [Fact]
    public void A_factory_in_two_parks_counts_in_both_and_once_in_the_province()
    {
        var registry = Registries.Of("L1: A B", "L2: C") with
        {
            Factories = [Registries.Factory("F1", "北", "南"), Registries.Factory("F2", "南")],
            Lines = [Registries.Line("L1"), Registries.Line("L2", factory: "F2")],
        };
        var query = Reports.NoFloor with { Registry = registry, GroupBy = ["park", "province"], Select = ["knr", "energy_kwh"] };
        var energy = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", 10).Row("2024-03-01 08:00", "L2", 5);
        var report = Reports.Of(query, energy, ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr"));
        Assert.Equal(["1/2", "1/3", "1/3"], new[] { "park=北", "park=南", "province=辽宁" }.Select(group => report.Row("knr", group).Fraction()));
        Assert.Equal([10.0, 15, 15], new[] { "park=北", "park=南", "province=辽宁" }.Select(group => report.Row("energy_kwh", group).Value!.Value));
    }

    [Fact]
    public void A_wide_row_feeds_the_tables_whose_measures_it_has()
    {
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Keys("line", "device").Numbers("kwh", "q_good", "rsrp_dbm", "sinr_db")
            .Row("2024-03-01 08:00", "L1", null, 3.5, null, null, null)
            .Row("2024-03-01 08:00", "L1", null, null, 7, null, null)
            .Row("2024-03-01 08:00", "L1", null, null, double.NaN, null, null)
            .Row("2024-03-01 08:00", "L1", "A", null, null, -80, 10)
            .Row("2024-03-01 08:00", "L1", "A", null, null, null, 10);
        var report = Reports.Of(Reports.NoFloor with { Registry = Registries.Of("L1: A") }, export);
        Assert.Equal((1L, 3.5), (report.Row("energy_kwh").Evidence!.Received, report.Row("energy_kwh").Value));

        // one has no output, the other no input; a null output is no production row at all
        Assert.Equal((2L, 2L), (report.Row("eff_gain").Evidence!.Received, report.Row("eff_gain").Evidence!.Missing));
        Assert.Equal((2L, 1L, 1L), (report.Row("cov_sample").Evidence!.Received, report.Row("cov_sample").Evidence!.Valid, report.Row("cov_sample").Evidence!.Missing));
        Assert.Equal(("1/1", 2L), (report.Row("knr").Fraction(), report.Row("knr").Evidence!.Received));
    }

    [Fact]
    public void A_cell_column_makes_every_wide_row_a_sample()
    {
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Keys("cell").Numbers("kwh", "rsrp_dbm", "sinr_db")
            .Row("2024-03-01 08:00", "c", null, -80, 10).Row("2024-03-01 08:00", null, 1, null, null);
        Assert.Equal("1/2", Reports.Of(Reports.NoFloor, export).Row("cov_sample").Fraction());
    }

    [Fact]
    public void Rows_that_cannot_be_counted_are_quarantined_by_reason()
    {
        var source = SourceProfile.Parse("""{ "table": "energy", "plausible": ["2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"] }""", "test");
        var export = ExportBuilder.Table("energy").Time("interval_start", "ingest_ts").Numbers("kwh").Keys("indicatorcore.quarantine")
            .Row("2024-03-01 08:00:00", "2024-03-01 07:55:00", 1, null)
            .Row("2024-03-01 08:00:01", "2024-03-01 07:55:00", 2, null)
            .Row("2034-03-01 08:00:00", null, 4, null)
            .Row(null, null, 8, null)
            .Row("2024-03-01 09:00:00", null, 1e30, null)
            .Row("2024-03-01 10:00:00", null, 16, "UNKNOWN_VALUE")
            .Row("2024-03-01 10:00:00", null, double.PositiveInfinity, null)
            .Row("2024-03-01 10:00:00", null, 0, null);
        var report = Reports.Of(s_energy with { Source = source }, export);
        var row = report.Row("energy_kwh");
        Assert.Equal(1, row.Value);
        Assert.Equal("FUTURE=1 IMPLAUSIBLE_TIME=1 MISSING_TIME=1 OUT_OF_SCALE=1 UNKNOWN_VALUE=1", Reports.Text(report.Manifest.Quarantined));
        Assert.Equal(Reports.Text(report.Manifest.Quarantined), Reports.Text(report.Manifest.Inputs.Single().Quarantined));

        // group and window of the others are not known
        Assert.Equal("FUTURE=1 OUT_OF_SCALE=1 UNKNOWN_VALUE=1", Reports.Text(row.Evidence!.Quarantined));
        Assert.Equal((6, 2, 1), (row.Evidence.Received, row.Evidence.Valid, row.Evidence.Invalid));
        Assert.Equal("2024-03-01..2024-03-02", row.WindowText());
    }

    [Fact]
    public void Wall_clock_time_of_no_zone_is_refused_or_quarantined()
    {
        var export = ExportBuilder.Table("energy").Column("interval_start", ArrowType.Timestamp(TimeUnit.Millisecond, null)).Numbers("kwh")
            .Row("2024-03-01 08:00", 1).Row("2024-03-01 09:00", 2);
        var fault = Assert.Throws<SchemaMismatchException>(() => Reports.Of(s_energy, export));
        Assert.Equal("interval_start", fault.Location.Column);
        var skipped = Reports.Of(s_energy with { OnBad = OnBad.Skip }, export);
        Assert.Equal("TZ_UNDECLARED=2", Reports.Text(skipped.Manifest.Quarantined));
        Assert.Equal("NOT_AVAILABLE", skipped.Row("energy_kwh").StatusText().Split('(')[0]);
        var declared = SourceProfile.Parse("""{ "zone": "Asia/Shanghai" }""", "test");
        Assert.Equal(3, Reports.Of(s_energy with { Source = declared }, export).Row("energy_kwh").Value);
    }

    [Fact]
    public void A_row_that_is_set_aside_counts_in_the_window_of_its_own_time_and_in_no_other()
    {
        static ExportBuilder Made(string table, params string[] events)
        {
            var export = ExportBuilder.Table(table).Time("event_ts", "ingest_ts");
            var isRadio = table == "radio";
            export = isRadio ? export.Numbers("rsrp_dbm", "sinr_db") : export.Numbers("latency_ms");
            foreach (var time in events)
            {
                export.Row(isRadio ? [time, "2024-03-01 08:00", -80, 5] : [time, "2024-03-01 08:00", 5]);
            }

            return export;
        }

        // the reference date is 2 March: what claims to be of that day or later is of no window
        string[] events = ["2024-03-01 08:00", "2024-03-01 20:00", "2024-03-02 00:00", "2024-03-02 07:00", "2024-03-05 08:00"];
        var report = Reports.Of(Reports.NoFloor with { Select = ["cov_sample", "lat_p50"] }, Made("radio", events), Made("probe", events));
        foreach (var row in new[] { report.Row("cov_sample"), report.Row("lat_p50") })
        {
            Assert.Equal("2024-03-01..2024-03-02", row.WindowText());
            Assert.Equal((2, 1, "FUTURE=1"), (row.Evidence!.Received, row.Evidence.Valid, Reports.Text(row.Evidence.Quarantined)));
        }

        Assert.Equal("FUTURE=8", Reports.Text(report.Manifest.Quarantined));
    }

    [Fact]
    public void W21_the_greater_revision_wins_in_any_order()
    {
        object?[] first = ["2024-01-10 08:00", "7", "12", 100, 10, 1];
        object?[] second = ["2024-01-10 08:00", "7", "12", 90, 10, 2];
        ExportBuilder Export(params object?[][] rows)
        {
            var export = ExportBuilder.Table("production").Time("interval_start").Keys("line", "order").Numbers("q_good", "labour_h").Column("revision", ArrowType.Int(32));
            Array.ForEach(rows, row => export.Row(row));
            return export;
        }

        object?[] after = ["2024-02-10 08:00", "7", "13", 90, 10, 1];
        var query = Reports.NoFloor with
        {
            Select = ["eff_gain"],
            Dedup = DedupPolicy.Rows,
            Baseline = (TimeBound.Parse("2024-01-01"), TimeBound.Parse("2024-02-01")),
            After = (TimeBound.Parse("2024-02-01"), TimeBound.Parse("2024-03-01")),
        };
        var report = Reports.Of(query, Export(first, second, after, second));
        Reports.AssertSame(report, Reports.Of(query, Export(second, second, first, after)));
        Reports.AssertSame(report, Reports.Of(query, Export(after, second), Export(second, first)));
        var row = report.Row("eff_gain");
        Assert.Equal(0, row.Value!.Value, 12);   // 90 to 90
        Assert.Equal((4L, 1L, 1L), (row.Evidence!.Received, row.Evidence.Duplicates, row.Evidence.Conflicts));
        Assert.Contains("CONFLICT", row.FlagText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_are_counted_at_the_input_that_holds_them()
    {
        using var folder = new TemporaryFolder();
        var export = ExportBuilder.Energy().Row("2024-03-01 08:00", 1).Row("2024-03-01 09:00", 2);
        using var engine = new IndicatorEngine(s_energy with { Dedup = DedupPolicy.Rows });
        Reports.ReadFiles(engine, folder.Write("energy-1.arrow", export.ToBytes()));
        using var reader = IpcFileReader.Open(export.NextBatch().ToBytes(), "memory");
        using var lease = new BatchLease();
        reader.Read(0, Projection.All(reader.Schema), lease);
        lease.Decode();
        engine.Add(lease.View());
        var report = engine.Finish();
        Assert.Equal(3, report.Row("energy_kwh").Value);
        // of equal rows the input first by name keeps its own
        Assert.Equal([("(memory)", 0L), ("energy-1.arrow", 2L)], report.Manifest.Inputs.Select(static input => (Path.GetFileName(input.Name), input.Duplicates)));
    }

    [Fact]
    public void A_memory_budget_that_does_not_hold_is_a_typed_error()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m");
        for (var i = 0; i < 5_000; i++)
        {
            export.Row("2024-03-01 08:00", -80, 10, i * 10, 5);
        }

        using var engine = new IndicatorEngine(Reports.NoFloor with { MemoryBudget = 64 * 1024 });
        var fault = Assert.Throws<LimitExceededException>(() => Reports.Read(engine, export));
        Assert.True(fault.IsMemoryBudget);
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
        Assert.Throws<InvalidOperationException>(() => Reports.Read(engine, export));
    }

    [Fact]
    public async Task One_call_at_a_time_and_none_after_a_fault_or_the_end()
    {
        var engine = new IndicatorEngine(s_energy);
        var pipe = new System.IO.Pipelines.Pipe();
        var reading = engine.ReadAsync(pipe.Reader);
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.ReadAsync("x"));
        await pipe.Writer.WriteAsync(ExportBuilder.Energy().Row("2024-03-01 08:00", 1).ToBytes(IpcFormat.Stream));
        await pipe.Writer.CompleteAsync();
        await reading;
        Assert.Equal(1, engine.Finish().Row("energy_kwh").Value);
        await Assert.ThrowsAsync<FileNotFoundException>(() => engine.ReadAsync("/nowhere/at-all.arrow"));
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
        await engine.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => engine.Finish());
    }

    [Fact]
    public async Task A_cancelled_read_leaves_a_faulted_engine()
    {
        using var engine = new IndicatorEngine(s_energy);
        using var stop = new CancellationTokenSource();
        var pipe = new System.IO.Pipelines.Pipe();
        var reading = engine.ReadAsync(pipe.Reader, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
    }

    [Theory]
    [InlineData("file")]
    [InlineData("stream")]
    [InlineData("leases")]
    public void A_batch_that_cannot_be_decoded_ends_the_run_or_is_skipped_whole(string way)
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Column("line", ExportBuilder.Text).Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", 1).NextBatch().Row("2024-03-01 08:00", "L1", 2).Row("2024-03-01 08:00", "SPOILT", 4);
        var bytes = export.ToBytes(way == "stream" ? IpcFormat.Stream : IpcFormat.File);
        bytes[bytes.AsSpan().IndexOf("SPOILT"u8)] = 0xFF;   // no UTF-8
        using var folder = new TemporaryFolder();
        void Read(IndicatorEngine engine)
        {
            if (way == "leases")
            {
                using var reader = IpcFileReader.Open(bytes, "memory");
                Reports.ReadLeases(engine, Enumerable.Range(0, 2).Select(i =>
                {
                    var lease = new BatchLease();
                    reader.Read(i, Projection.All(reader.Schema), lease);
                    return lease;
                }).ToList());
            }
            else
            {
                Reports.ReadFiles(engine, folder.Write("energy-1.arrow", bytes));
            }
        }

        using var failing = new IndicatorEngine(s_energy);
        Assert.Equal(1, Assert.ThrowsAny<IndicatorDataException>(() => Read(failing)).Location.Batch);
        using var skipping = new IndicatorEngine(s_energy with { OnBad = OnBad.Skip });
        Read(skipping);
        var report = skipping.Finish();
        Assert.Equal((1.0, "INPUT_SKIPPED"), (report.Row("energy_kwh").Value, report.Row("energy_kwh").FlagText()));
        Assert.Single(report.Manifest.Inputs.Single().Skipped);
    }

    [Fact]
    public void States_of_different_questions_do_not_merge()
    {
        using var left = Reports.Engine(s_energy, Energy());
        foreach (var query in new[]
        {
            s_energy with { Profile = DefinitionProfile.TestNoFloor with { RsrpThreshold = -95_000_000 } },
            s_energy with { GroupBy = ["product"] },
            s_energy with { Window = Window.Hour },
            s_energy with { Registry = Registries.Of("L1: A") },
        })
        {
            using var right = Reports.Engine(query, Energy().Row("2024-03-04 08:00", 1));
            Assert.Throws<StateMismatchException>(() => left.Merge(right));
        }

        Assert.Equal(7, left.Finish().Row("energy_kwh").Value);
    }

    public static TheoryData<string> KeyTypes => new("utf8", "large_utf8", "utf8_view", "binary", "dictionary<int8>", "dictionary<uint64>", "dictionary<int32, large_utf8>");

    [Theory]
    [MemberData(nameof(KeyTypes))]
    public void Every_type_of_key_gives_the_same_answer(string type)
    {
        var (value, index) = type switch
        {
            "utf8" => (ArrowType.Of(ArrowTypeId.Utf8), null),
            "large_utf8" => (ArrowType.Of(ArrowTypeId.LargeUtf8), null),
            "utf8_view" => (ArrowType.Of(ArrowTypeId.Utf8View), null),
            "binary" => (ArrowType.Of(ArrowTypeId.Binary), null),
            "dictionary<int8>" => (ArrowType.Of(ArrowTypeId.Utf8), ArrowType.Int(8)),
            "dictionary<uint64>" => (ArrowType.Of(ArrowTypeId.Utf8), ArrowType.Int(64, isSigned: false)),
            _ => (ArrowType.Of(ArrowTypeId.LargeUtf8), ArrowType.Int(32)),
        };
        Assert.Equal(["=", "=7", "=生产线一号,很长很长的名字"], Lines(value, index, "7", "生产线一号,很长很长的名字"));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(16, false)]
    [InlineData(64, true)]
    [InlineData(64, false)]
    public void Integers_serve_as_keys(int bits, bool isSigned) => Assert.Equal(["=", "=12", "=7"], Lines(ArrowType.Int(bits, isSigned), null, 7, 12));

    [Fact]
    public void Bytes_of_fixed_size_serve_as_keys_in_hexadecimal() => Assert.Equal(
        ["=", "=07ff", "=1a00"],
        Lines(new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = 2 }, null, new byte[] { 7, 255 }, new byte[] { 26, 0 }));

    public static TheoryData<string> Measures => new("f16", "f32", "f64", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "d128/0", "d128/4", "d64");

    [Theory]
    [MemberData(nameof(Measures))]
    public void Every_type_of_measure_gives_the_same_answer(string type)
    {
        var bits = int.Parse(type[1..].Split('/')[0], CultureInfo.InvariantCulture);
        var arrow = type[0] switch
        {
            'f' => ArrowType.Float(bits),
            'i' => ArrowType.Int(bits),
            'u' => ArrowType.Int(bits, isSigned: false),
            _ => new ArrowType { Id = ArrowTypeId.Decimal, BitWidth = bits, Precision = 18, Scale = type.EndsWith("/4", StringComparison.Ordinal) ? 4 : 0 },
        };
        var export = ExportBuilder.Table("energy").Time("interval_start").Column("kwh", arrow)
            .Row("2024-03-01 08:00", 100).Row("2024-03-01 08:00", 27).Row("2024-03-01 08:00", null).Row("2024-03-01 08:00", 0);
        var row = Reports.Of(s_energy, export).Row("energy_kwh");
        Assert.Equal((127.0, "127/", 3L, 1L), (row.Value, row.Fraction(), row.Evidence!.Valid, row.Evidence.Missing));
    }

    public static TheoryData<string> Instants => new("s", "ms", "us", "ns", "naive-ms", "date32", "date64", "epoch_s", "epoch_ms", "epoch_us");

    [Theory]
    [MemberData(nameof(Instants))]
    public void Every_type_of_instant_gives_the_same_answer(string type)
    {
        var (arrow, format) = type switch
        {
            "s" => (ArrowType.Timestamp(TimeUnit.Second, "UTC"), null),
            "ms" => (ArrowType.Timestamp(TimeUnit.Millisecond, "Europe/Dublin"), null),
            "us" => (ArrowType.Timestamp(TimeUnit.Microsecond, "+08:00"), null),
            "ns" => (ArrowType.Timestamp(TimeUnit.Nanosecond, "UTC"), null),
            "naive-ms" => (ArrowType.Timestamp(TimeUnit.Millisecond, null), null),
            "date32" => (new ArrowType { Id = ArrowTypeId.Date, BitWidth = 32 }, null),
            "date64" => (new ArrowType { Id = ArrowTypeId.Date, BitWidth = 64, Unit = TimeUnit.Millisecond }, null),
            _ => (ArrowType.Int(64), type),
        };
        var ticks = type switch { "epoch_s" => TimeSpan.TicksPerSecond, "epoch_ms" => TimeSpan.TicksPerMillisecond, _ => TimeSpan.TicksPerMicrosecond };
        var source = SourceProfile.Parse(
            $$"""{ "zone": "Asia/Shanghai", "columns": { "interval_start": { {{(format is null ? string.Empty : $"\"format\": \"{format}\"")}} } } }""", "test");
        object At(string time) => format is null ? time : ExportBuilder.Ticks(time) / ticks;
        var export = ExportBuilder.Table("energy").Column("interval_start", arrow).Numbers("kwh")
            .Row(At("2024-03-01 00:00"), 1).Row(At("2024-03-02 00:00"), 2).Row(At("2024-03-03 00:00"), 4);
        var rows = Reports.Of(s_energy with { Source = source, Window = Window.Day }, export).RowsOf("energy_kwh");

        // the last event is a local midnight, hence the reference date, at which windows end
        Assert.Equal([1.0, 2.0], rows.Select(static row => row.Value!.Value));
        Assert.Equal("2024-03-01..2024-03-02", rows[0].WindowText());
    }

    private static string[] Lines(ArrowType type, ArrowType? index, object one, object two)
    {
        object Bytes(object value) => type.Id == ArrowTypeId.Binary ? System.Text.Encoding.UTF8.GetBytes((string)value) : value;
        var export = ExportBuilder.Table("energy").Time("interval_start").Column("line", type, index).Numbers("kwh")
            .Row("2024-03-01 08:00", Bytes(one), 1).Row("2024-03-01 08:00", Bytes(two), 2).Row("2024-03-01 08:00", null, 4);
        var report = Reports.Of(s_energy with { GroupBy = ["line"] }, export);
        Assert.Equal(7, report.Rows.Sum(static row => row.Value));
        return [.. report.Rows.Select(static row => Reports.GroupText(row)[4..])];
    }

    private static ExportBuilder Energy() => ExportBuilder.Energy()
        .Row("2024-02-28 23:30", 1).Row("2024-02-29 08:00", 2).NextBatch().Row("2024-03-04 10:15", 4);
}
