using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary><c>--on-bad skip</c>: what is left out, that nothing else is, and what is said of it (interface 3, decisions D8).</summary>
public sealed class SkippedInputTests : IDisposable
{
    private const string Spoilt = "SPOILT";
    private static readonly IndicatorQuery s_all = Reports.NoFloor with { OnBad = OnBad.Skip, Registry = Registries.Of("L1: A B") };
    private static readonly IndicatorQuery s_energy = s_all with { Select = ["energy_kwh"] };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(IpcFormat.File)]
    [InlineData(IpcFormat.Stream)]
    public void A_bad_batch_in_the_middle_is_left_out_alone(IpcFormat format)
    {
        var bytes = Spoil(Energy("L1", 1).NextBatch().Row("2024-03-01 09:00", Spoilt, 2).Row("2024-03-01 09:00", "L1", 4).NextBatch().Row("2024-03-01 10:00", "L1", 8).ToBytes(format));
        var report = Reports.OfFiles(s_energy, _folder.Write("energy-1.arrow", bytes));
        var row = report.Row("energy_kwh");
        Assert.Equal((9.0, "INPUT_SKIPPED", "PUBLISHED_WITH_WARNING"), (row.Value, row.FlagText(), row.StatusText()));
        var input = report.Manifest.Inputs.Single();
        Assert.Equal((2L, 2L), (input.Rows, input.Batches));
        var part = input.Skipped.Single();
        Assert.Equal(("MALFORMED", "energy", "line", 1L, 1L, 2L), (part.Reason, part.Table, part.Column, part.Batch, part.Batches, part.Rows));
        Assert.True(part.Offset > 0);
        Assert.Contains("energy-1.arrow, table energy, column line, batch 1", part.Message, StringComparison.Ordinal);
        Assert.Equal([new SkippedTable("energy", 0, 1, 2)], report.Manifest.Skipped);
    }

    [Fact]
    public void Keys_in_bytes_are_judged_before_any_row_of_their_batch_counts()
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Column("line", ArrowType.Of(ArrowTypeId.Binary)).Numbers("kwh");
        for (var i = 0; i < 3_000; i++)
        {
            export.Row("2024-03-01 08:00", "L1"u8.ToArray(), 1);
        }

        export.Row("2024-03-01 08:00", new byte[] { 0xFF }, 1).NextBatch().Row("2024-03-01 08:00", "L1"u8.ToArray(), 1);
        var report = Reports.OfFiles(s_energy, _folder.Write("energy-1.arrow", export.ToBytes()));
        Assert.Equal((1.0, 1L), (report.Row("energy_kwh").Value, report.Manifest.Rows));
        var part = report.Manifest.Inputs.Single().Skipped.Single();
        Assert.Equal(("MALFORMED", "line", 0L, 3_001L), (part.Reason, part.Column, part.Batch, part.Rows));
    }

    [Fact]
    public void A_bad_dictionary_takes_what_depends_on_it_along_and_nothing_else()
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line", "note").Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", Spoilt, 1).NextBatch().Row("2024-03-01 09:00", "L1", "fine", 2);
        var bytes = Spoil(export.ToBytes());
        Assert.Equal(3, Reports.OfFiles(s_energy, _folder.Write("energy-1.arrow", bytes)).Row("energy_kwh").Value);   // nobody needs the notes

        var noted = s_energy with { Where = [KeyValuePair.Create("note", "fine")] };
        var report = Reports.OfFiles(noted, _folder.File("energy-1.arrow"), _folder.Write("energy-2.arrow", export.Row("2024-03-01 10:00", "L1", "fine", 4).ToBytes()));
        Assert.Equal((6.0, "INPUT_SKIPPED"), (report.Row("energy_kwh").Value, report.Row("energy_kwh").FlagText()));
        var input = report.Manifest.Inputs[0];
        Assert.Equal((0L, 0L, null), (input.Rows, input.Batches, input.Fingerprint));
        Assert.Equal((null, 2L, 2L), (input.Skipped.Single().Batch, input.Skipped.Single().Batches, input.Skipped.Single().Rows));
        Assert.Equal([new SkippedTable("energy", 1, 2, 2)], report.Manifest.Skipped);
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("footer")]
    [InlineData("cut")]
    [InlineData("stream")]
    [InlineData("locked")]
    [InlineData("shrinking")]
    public void What_breaks_the_frame_costs_the_whole_input_and_nothing_of_the_others(string how)
    {
        var good = _folder.Write("energy-1.arrow", Energy("L1", 1).ToBytes());
        var last = _folder.Write("energy-3.arrow", Energy("L3", 4).ToBytes());
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        for (var i = 0; i < 40; i++)
        {
            export.Row("2024-03-01 08:00", "L2", 2).Row("2030-03-01 08:00", "L2", 1e300).NextBatch();
        }

        var bytes = export.ToBytes(how == "stream" ? IpcFormat.Stream : IpcFormat.File);
        if (how == "metadata")
        {
            using var reader = IpcFileReader.Open(bytes, "x");
            bytes.AsSpan((int)reader.BatchInfo(30).Offset + 16, 16).Fill(0xEE);
        }

        bytes = how is "footer" or "cut" or "stream" ? bytes[..^(how == "footer" ? 8 : bytes.Length / 3)] : bytes;
        var bad = _folder.Write("energy-2.arrow", bytes);
        using var locked = how == "locked" ? new FileStream(bad, FileMode.Open, FileAccess.Read, FileShare.None) : null;
        using var engine = new IndicatorEngine(s_all with { Select = ["energy_kwh"], GroupBy = ["line"], Threads = 1 });
        using var sink = new ListedQuarantine();
        engine.Quarantine = sink;
        engine.Progress = how == "shrinking" ? new Shrinking(bad, rows: 3) : null;
        Reports.ReadFiles(engine, good, bad, last);
        var report = engine.Finish();
        Reports.AssertSame(Reports.OfFiles(s_energy with { GroupBy = ["line"] }, good, last), WithoutSkipFlag(report));
        Assert.All(report.Rows, static row => Assert.Equal("INPUT_SKIPPED", row.FlagText()));
        Assert.Equal((2L, string.Empty), (report.Manifest.Rows, Reports.Text(report.Manifest.Quarantined)));
        Assert.Empty(sink.Lines());
        Assert.Null(report.Manifest.Inputs.Single(static input => input.Skipped.Count > 0).Skipped.Single().Batch);

        var failing = new IndicatorQuery { Profile = DefinitionProfile.TestNoFloor, Select = ["energy_kwh"] };
        if (how is not ("shrinking" or "locked"))
        {
            Assert.ThrowsAny<IndicatorDataException>(() => Reports.OfFiles(failing, good, bad, last));
        }
    }

    [Fact]
    public async Task A_stream_whose_source_fails_is_left_out()
    {
        using var engine = new IndicatorEngine(s_energy);
        Reports.Read(engine, Energy("L1", 1));
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Energy("L1", 2).ToBytes(IpcFormat.Stream).AsMemory(0, 400));
        await pipe.Writer.CompleteAsync(new IOException("the line is dead"));
        await engine.ReadAsync(pipe.Reader, "probe");
        var report = engine.Finish();
        Assert.Equal((1.0, "INPUT_SKIPPED"), (report.Row("energy_kwh").Value, report.Row("energy_kwh").FlagText()));
        Assert.Equal(("IO", "The input cannot be read: the line is dead"), report.Manifest.Inputs.SelectMany(static input => input.Skipped).Select(static part => (part.Reason, part.Message)).Single());
    }

    [Fact]
    public void A_missing_column_costs_the_input_and_flags_its_table_alone()
    {
        var lacking = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Row("2024-03-01 08:00", "L1").ToBytes();
        var report = Reports.OfFiles(
            s_all, _folder.Write("energy-1.arrow", Energy("L1", 1).ToBytes()), _folder.Write("energy-2.arrow", lacking), _folder.Write("radio-1.arrow", Radio().ToBytes()));
        Assert.Equal((1.0, "INPUT_SKIPPED"), (report.Row("energy_kwh").Value, report.Row("energy_kwh").FlagText()));
        Assert.DoesNotContain("INPUT_SKIPPED", report.Row("cov_sample").FlagText(), StringComparison.Ordinal);
        var part = report.Manifest.Inputs[1].Skipped.Single();
        Assert.Equal(("SCHEMA_MISMATCH", "energy", "kwh", null), (part.Reason, part.Table, part.Column, part.Batch));
        Assert.Equal([new SkippedTable("energy", 1, 0, 0)], report.Manifest.Skipped);
    }

    [Fact]
    public void An_input_of_no_known_table_may_have_been_any()
    {
        var strange = ExportBuilder.Table(null).Numbers("a", "b").Row(1, 2).ToBytes();
        var report = Reports.OfFiles(s_all, [.. Tables(), _folder.Write("x.arrow", strange)]);
        Assert.All(report.Rows, static row => Assert.Contains("INPUT_SKIPPED", row.FlagText(), StringComparison.Ordinal));
        Assert.Equal([new SkippedTable(null, 1, 0, 0)], report.Manifest.Skipped);
    }

    [Theory]
    [InlineData("connectivity", "knr knr_5g n_5g_terminals n_devices_5g n_unregistered online_instant dq_completeness dq_consistency dq_uniqueness")]
    [InlineData("radio", "cov_area_m2 rsrp_mean cov_sample cov_grid rsrp_p5 rsrp_p50 sinr_p5 sinr_p50 dq_consistency dq_uniqueness dq_validity")]
    [InlineData("production", "eff_gain cost_red oee fpy scrap energy_intensity dq_consistency dq_uniqueness")]   // costs and energy are divided by output, too
    [InlineData("cost", "cost_red dq_consistency dq_uniqueness")]
    [InlineData("energy", "energy_kwh energy_intensity dq_consistency dq_uniqueness dq_validity")]
    public void Every_row_made_of_a_table_says_that_some_of_it_was_skipped(string table, string indicators)
    {
        var bad = _folder.Write($"{table}-bad.arrow", "ARROW1\0\0 no footer"u8.ToArray());
        Assert.DoesNotContain(Reports.OfFiles(s_all, Tables()).Rows, static row => row.Flags.HasFlag(ResultFlags.InputSkipped));

        var known = Spoil(Named(table).ToBytes());
        File.WriteAllBytes(bad, known);
        var report = Reports.OfFiles(s_all, [.. Tables(), bad]);
        var flagged = report.Rows.Where(static row => row.Flags.HasFlag(ResultFlags.InputSkipped)).Select(static row => row.Indicator.Split('.')[0]).Distinct();
        Assert.Equal(indicators.Split(' ').Order(), flagged.Order());

        // of the quality of all tables a part is one table's
        Assert.All(report.Rows.Where(row => indicators.Split(' ').Contains(row.Indicator.Split('.')[0]) && (row.Indicator.Split('.') is not [['d', 'q', ..], var of] || of == table)), static row => Assert.True(row.Flags.HasFlag(ResultFlags.InputSkipped)));
        Assert.Equal([new SkippedTable(table, 0, 1, 1)], report.Manifest.Skipped);
    }

    [Fact]
    public void Wall_clock_time_of_no_zone_is_skipped_and_its_rows_are_quarantined()
    {
        var export = ExportBuilder.Table("energy").Column("interval_start", ArrowType.Timestamp(TimeUnit.Millisecond, null)).Keys("line").Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", 1).NextBatch().Row("2024-03-01 09:00", "L1", 2).Row("2024-03-01 09:00", null, 3);
        Assert.Equal("TZ_UNDECLARED", Reports.Of(s_energy, export).Manifest.Inputs.Single().Skipped.Single().Reason);
        using var engine = new IndicatorEngine(s_energy);
        using var sink = new ListedQuarantine();
        engine.Quarantine = sink;
        Reports.ReadFiles(engine, _folder.Write("energy-1.arrow", Energy("L1", 8).ToBytes()), _folder.Write("energy-2.arrow", export.ToBytes()));
        var report = engine.Finish();
        Assert.Equal((8.0, "INPUT_SKIPPED"), (report.Row("energy_kwh").Value, report.Row("energy_kwh").FlagText()));
        Assert.Equal("TZ_UNDECLARED=3", Reports.Text(report.Manifest.Inputs[1].Quarantined));
        var part = report.Manifest.Inputs[1].Skipped.Single();
        Assert.Equal(("TZ_UNDECLARED", "interval_start", null, 2L, 3L), (part.Reason, part.Column, part.Batch, part.Batches, part.Rows));
        Assert.Equal(["energy-2.arrow 0 0 TZ_UNDECLARED", "energy-2.arrow 1 0 TZ_UNDECLARED", "energy-2.arrow 1 1 TZ_UNDECLARED"], sink.Lines());
    }

    [Fact]
    public void A_bad_batch_of_an_undeclared_zone_is_listed_beside_the_others()
    {
        var export = ExportBuilder.Table("energy").Column("interval_start", ArrowType.Timestamp(TimeUnit.Millisecond, null)).Column("line", ExportBuilder.Text).Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", 1).NextBatch().Row("2024-03-01 09:00", Spoilt, 2);
        var report = Reports.OfFiles(s_energy, _folder.Write("energy-1.arrow", Spoil(export.ToBytes())));
        Assert.Equal(["TZ_UNDECLARED", "MALFORMED"], report.Manifest.Inputs.Single().Skipped.Select(static part => part.Reason));
        Assert.Equal([new SkippedTable("energy", 1, 2, 2)], report.Manifest.Skipped);
    }

    [Fact]
    public void Where_every_input_is_bad_there_is_a_report_without_data()
    {
        var report = Reports.OfFiles(s_energy, _folder.Write("energy-1.arrow", "no Arrow at all"u8.ToArray()));
        var row = report.Row("energy_kwh");
        Assert.Equal(("NOT_AVAILABLE", "INPUT_SKIPPED", null), (row.StatusText().Split('(')[0], row.FlagText(), row.Value));
        Assert.Single(report.Manifest.Skipped);
    }

    [Fact]
    public void What_is_skipped_depends_on_the_columns_that_are_needed()
    {
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Column("line", ExportBuilder.Text).Column("product", ExportBuilder.Text).Numbers("kwh", "q_good", "rsrp_dbm", "sinr_db")
            .Row("2024-03-01 08:00", "L1", "P", 1, 1, -80, 10).NextBatch().Row("2024-03-01 08:00", "L1", Spoilt, 2, 1, -80, 10);
        var path = _folder.Write("telemetry-1.arrow", Spoil(export.ToBytes()));
        var coverage = Reports.OfFiles(s_all with { Select = ["cov_sample"] }, path);
        Assert.Equal("2/2", coverage.Row("cov_sample").Fraction());
        Assert.Empty(coverage.Manifest.Skipped);
        var both = Reports.OfFiles(s_all with { Select = ["cov_sample", "energy_kwh"] }, path);
        Assert.Equal(("1/1", "INPUT_SKIPPED", 1.0), (both.Row("cov_sample").Fraction(), both.Row("cov_sample").FlagText(), both.Row("energy_kwh").Value));

        // the manifest says so
        Assert.Equal("needed", both.Manifest.ColumnsJudged);
        Assert.Equal(["event_ts", "line", "rsrp_dbm", "sinr_db"], coverage.Manifest.Inputs.Single().Columns);
        Assert.Equal(["event_ts", "line", "product", "kwh", "rsrp_dbm", "sinr_db"], both.Manifest.Inputs.Single().Columns);
    }

    [Fact]
    public void A_memory_budget_that_does_not_hold_is_never_skipped()
    {
        var wide = ExportBuilder.Table("energy").Time("interval_start").Numbers("kwh").Times(20_000, "2024-03-01 08:00", 1);
        var path = _folder.Write("energy-1.arrow", wide.ToBytes(compress: true));
        var batch = Assert.Throws<LimitExceededException>(() => Reports.OfFiles(s_energy with { MemoryBudget = 64 * 1024 }, path));
        Assert.True(batch.IsMemoryBudget);

        var cells = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m");
        for (var i = 0; i < 5_000; i++)
        {
            cells.Row("2024-03-01 08:00", -80, 10, i * 10, 5);
        }

        var radio = _folder.Write("radio-1.arrow", cells.ToBytes());
        var state = Assert.Throws<LimitExceededException>(() => Reports.OfFiles(s_all with { MemoryBudget = 300 * 1024 }, radio));
        Assert.True(state.IsMemoryBudget);

        // a limit against hostile input, though, costs the batch alone
        var strict = s_energy with { Reading = new IpcReaderOptions { MaxBatchBytes = 64 * 1024 } };
        Assert.Equal("LIMIT_EXCEEDED", Reports.OfFiles(strict, path).Manifest.Inputs.Single().Skipped.Single().Reason);
    }

    [Fact]
    public void An_input_equal_to_one_that_could_not_be_read_counts()
    {
        using var engine = new IndicatorEngine(s_energy with { Threads = 1 });
        var bytes = Energy("L1", 1).NextBatch().Row("2024-03-01 09:00", "L1", 2).ToBytes();
        var bad = _folder.Write("energy-1.arrow", bytes);
        engine.Progress = new Shrinking(bad, rows: 1);
        Reports.ReadFiles(engine, bad);
        engine.Progress = null;
        Assert.Single(engine.Finish().Manifest.Skipped);
        File.Delete(bad);   // else a look at it would tell the two apart
        Reports.ReadFiles(engine, _folder.Write("energy-2.arrow", bytes));
        Assert.Equal(3, engine.Finish().Row("energy_kwh").Value);
    }

    private static ExportBuilder Energy(string line, double kwh) =>
        ExportBuilder.Table("energy").Time("interval_start").Column("line", ExportBuilder.Text).Numbers("kwh").Row("2024-03-01 08:00", line, kwh);

    private static ExportBuilder Radio() =>
        ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db").Keys("grid").Row("2024-03-01 08:00", -80, 10, "0:0:0");

    // one row with a text that Spoil makes unreadable
    private static ExportBuilder Named(string table) => table switch
    {
        "connectivity" => ExportBuilder.Table(table).Time("event_ts").Column("device", ExportBuilder.Text).Row("2024-03-02 08:00", Spoilt),
        "radio" => ExportBuilder.Table(table).Time("event_ts").Numbers("rsrp_dbm", "sinr_db").Column("line", ExportBuilder.Text).Row("2024-03-02 08:00", -80, 10, Spoilt),
        "production" => ExportBuilder.Table(table).Time("interval_start").Column("line", ExportBuilder.Text).Numbers("q_good").Row("2024-03-02 08:00", Spoilt, 1),
        "cost" => ExportBuilder.Table(table).Time("period_start").Column("line", ExportBuilder.Text).Numbers("amount_cny").Row("2024-03-02 08:00", Spoilt, 1),
        _ => Energy(Spoilt, 1),
    };

    private static byte[] Spoil(byte[] bytes)
    {
        bytes[bytes.AsSpan().IndexOf("SPOILT"u8)] = 0xFF;   // no UTF-8
        return bytes;
    }

    private static IndicatorReport WithoutSkipFlag(IndicatorReport report)
    {
        var rows = report.Rows.Select(static row => row with
        {
            Flags = row.Flags & ~ResultFlags.InputSkipped,
            Status = row.Flags == ResultFlags.InputSkipped && row.Status == ResultStatus.PublishedWithWarning ? ResultStatus.Published : row.Status,
        }).ToList();
        return report with { Rows = rows, Manifest = report.Manifest with { RowDigest = ResultDigest.Compute(rows, report.TimeZone) } };
    }

    private string[] Tables() =>
    [
        _folder.Write("energy-1.arrow", Energy("L1", 1).ToBytes()),
        _folder.Write("radio-1.arrow", Radio().ToBytes()),
        _folder.Write("connectivity-1.arrow", ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr").ToBytes()),
        _folder.Write("production-1.arrow", ExportBuilder.Production().Row("2024-03-01 08:00", "L1", "P", 10, 1).ToBytes()),
        _folder.Write("cost-1.arrow", ExportBuilder.Cost().Row("2024-03-01 00:00", "L1", "P", "labour", 10, 1).ToBytes()),
    ];

    /// <summary>Cuts a file short once so many rows are read.</summary>
    private sealed class Shrinking(string path, long rows) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value)
        {
            if (value.Rows == rows)
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(600);
            }
        }
    }
}
