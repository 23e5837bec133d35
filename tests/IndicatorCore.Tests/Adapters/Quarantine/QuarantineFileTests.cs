using System.Globalization;
using System.Text;
using IndicatorCore.Adapters.Quarantine;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Quarantine;

/// <summary>Quarantined rows as a file: all of them, in one order, with their values.</summary>
public sealed class QuarantineFileTests : IDisposable
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly IndicatorQuery s_query = Reports.NoFloor with
    {
        Select = ["energy_kwh", "cov_sample", "knr"],
        Source = SourceProfile.Parse("""{ "plausible": ["2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"] }""", "test"),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_has_a_mark_a_heading_and_every_row_with_its_values()
    {
        var bad = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
            .Row("2024-03-01 08:00", "L1", 1).Row("2034-03-01 08:00", "产线,\"2\"", 2.5).NextBatch().Row(null, null, 1e-7).Row("2024-03-01 08:00", "L1", 1e300);
        var text = Encoding.UTF8.GetString(Csv(s_query, out _, Write("energy-1", bad)));
        Assert.Equal(
            "\uFEFFinput,table,batch,row,reason,event_time,interval_start,line,kwh\r\n"
            + "energy-1.arrow,energy,0,1,IMPLAUSIBLE_TIME,2034-03-01T08:00:00+08:00,2034-03-01T00:00:00+00:00,\"产线,\"\"2\"\"\",2.5\r\n"
            + "energy-1.arrow,energy,1,0,MISSING_TIME,,,,1E-07\r\n"
            + "energy-1.arrow,energy,1,1,OUT_OF_SCALE,2024-03-01T08:00:00+08:00,2024-03-01T00:00:00+00:00,L1,1E+300\r\n",
            text.Replace(_folder.Path + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_of_a_batch_that_is_read_in_parts_keep_their_numbers_and_values()
    {
        var bad = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
            .Times(100, "2024-03-01 08:00", "L1", 1).Row("2034-03-01 08:00", "L1", 2.5).Times(100, "2024-03-01 08:00", "L1", 1).Row(null, "L1", 7);
        var path = Write("energy-1", bad);
        var whole = Csv(s_query, out _, path);
        Assert.Contains(",energy,0,100,IMPLAUSIBLE_TIME,", Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
        Assert.Equal(whole, Csv(s_query with { Reading = new IpcReaderOptions { LargeBatchRows = 64, WindowRows = 64 } }, out _, path));
    }

    [Fact]
    public void Mapped_columns_come_under_their_canonical_names_with_their_original_values()
    {
        var source = SourceProfile.Parse(
            """
            { "table": "energy", "columns": { "interval_start": { "from": "t", "format": "epoch_s" }, "line": { "from": "产线", "values": { "甲": "L1" } },
              "kwh": { "from": "Wh", "unit": "1/1000" } } }
            """,
            "test");
        var export = ExportBuilder.Table(null).Column("t", ArrowType.Int(64)).Keys("产线").Numbers("Wh").Row(null, "甲", 1500).Row(1_709_251_200, "甲", 1500);
        var lines = Lines(Csv(s_query with { Source = source, Select = ["energy_kwh"] }, out var report, Write("x", export)));
        Assert.Equal(["input,table,batch,row,reason,event_time,interval_start,line,kwh", "x.arrow,energy,0,0,MISSING_TIME,,,甲,1500"], lines);
        Assert.Equal(1.5, report.Row("energy_kwh").Value);
    }

    [Fact]
    public void Arrow_keeps_types_where_the_inputs_agree_and_texts_where_they_do_not()
    {
        var one = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh").Row("2034-03-01 08:00", "L1", 2.5).Row(null, null, null);
        var two = ExportBuilder.Table("energy").Time("interval_start").Column("line", ArrowType.Of(ArrowTypeId.Utf8View)).Column("kwh", ArrowType.Int(32)).Row("2034-03-01 08:00", "L2", 7);
        var three = ExportBuilder.Table("connectivity").Time("event_ts").Column("device", ArrowType.Int(16)).Column("online", ArrowType.Of(ArrowTypeId.Bool)).Row(null, 12, true);
        var bytes = Arrow(s_query, out _, Write("a", one), Write("b", two), Write("c", three));
        var (schema, batches) = IpcReading.File(bytes);
        Assert.Equal(
            "input:utf8 table:utf8 batch:int64 row:int64 reason:utf8 event_time:timestamp[ns, Asia/Shanghai] interval_start:timestamp[us, UTC] line:utf8 kwh:utf8 "
            + "event_ts:timestamp[us, UTC] device:int16 online:bool",
            string.Join(' ', schema.Fields.Select(static field => $"{field.Name}:{field.Type}")));
        string[] Column(int i) => batches.Single().Columns[i]!;
        Assert.Equal(["2.5", "null", "7", "null"], Column(8).Select(static text => text.Trim('\'')));
        Assert.Equal(["L1", "null", "L2", "null"], Column(7).Select(static text => text.Trim('\'')));
        Assert.Equal(["null", "null", "null", "12"], Column(10));
        Assert.Equal(["0", "1", "0", "0"], Column(3));
        using var reader = IpcFileReader.Open(bytes, "q");
        Assert.Equal(4L, reader.BatchInfo(0).Rows);
    }

    [Theory]
    [InlineData(QuarantineFormat.Csv)]
    [InlineData(QuarantineFormat.Arrow)]
    public void The_bytes_are_the_same_for_any_number_of_threads_and_any_order(QuarantineFormat format)
    {
        var paths = Mixed();
        var first = Bytes(format, s_query with { Threads = 1 }, out _, paths);
        foreach (var threads in new[] { 2, 5 })
        {
            Assert.Equal(first, Bytes(format, s_query with { Threads = threads, OnBad = OnBad.Skip }, out _, [.. paths.Reverse()]));
        }
    }

    [Theory]
    [InlineData(DedupPolicy.Export)]
    [InlineData(DedupPolicy.Rows)]
    [InlineData(DedupPolicy.None)]
    public void Counts_are_those_of_the_manifest_by_input_and_reason(DedupPolicy dedup)
    {
        var paths = Mixed();
        File.Copy(paths[0], _folder.File("energy-copy.arrow"));
        File.WriteAllBytes(_folder.File("energy-cut.arrow"), File.ReadAllBytes(paths[0])[..^200]);
        var lines = Lines(Csv(s_query with { Dedup = dedup, OnBad = OnBad.Skip }, out var report, [.. paths, _folder.File("energy-copy.arrow"), _folder.File("energy-cut.arrow")]));
        var found = lines.Skip(1).Select(static line => line.Split(',')).GroupBy(static cells => (cells[0], cells[4])).ToDictionary(static group => group.Key, static group => group.LongCount());
        var counted = report.Manifest.Inputs.SelectMany(static input => input.Quarantined.Select(pair => (Key: (Path.GetFileName(input.Name), pair.Key), pair.Value)))
            .ToDictionary(static pair => pair.Key, static pair => pair.Value);
        Assert.True(counted.Count > 8);
        Assert.Equal(counted.OrderBy(static pair => pair.Key), found.OrderBy(static pair => pair.Key));
        Assert.Equal(dedup == DedupPolicy.None, counted.Keys.Any(static key => key.Item1 == "energy-copy.arrow"));
        Assert.DoesNotContain(counted.Keys, static key => key.Item1 == "energy-cut.arrow");
        Assert.Equal(report.Manifest.Quarantined.Sum(static pair => pair.Value), lines.Count - 1);
    }

    [Fact]
    public void A_stream_read_twice_is_in_it_once()
    {
        var export = ExportBuilder.Energy().Row(null, 1).Row("2024-03-01 08:00", 2);
        using var file = new QuarantineFile(_folder.File("q.csv"), QuarantineFormat.Csv, s_zone);
        using var engine = new IndicatorEngine(s_query) { Quarantine = file };
        Reports.Read(engine, export);
        Reports.Read(engine, export);
        Assert.Equal(1, file.Rows);
        var inputs = engine.Finish().Manifest.Inputs;
        Assert.Equal(["MISSING_TIME=1", string.Empty], inputs.OrderBy(static input => input.ReplayOf is not null).Select(static input => Reports.Text(input.Quarantined)));
    }

    [Fact]
    public void Rows_that_where_leaves_out_are_not_in_it()
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh").Row(null, "L1", 1).Row(null, "L2", 2);
        var query = s_query with { Select = ["energy_kwh"], Where = [KeyValuePair.Create("line", "L2")] };
        var lines = Lines(Csv(query, out var report, Write("energy-1", export)));
        Assert.Equal(["energy-1.arrow,energy,0,1,MISSING_TIME,,,L2,2"], lines.Skip(1));
        Assert.Equal("MISSING_TIME=1", Reports.Text(report.Manifest.Quarantined));
    }

    [Fact]
    public void Nothing_but_the_heading_is_written_where_nothing_is_bad()
    {
        var path = Write("energy-1", ExportBuilder.Energy().Row("2024-03-01 08:00", 1));
        Assert.Equal(["input,table,batch,row,reason,event_time"], Lines(Csv(s_query, out _, path)));
        Assert.Empty(IpcReading.File(Arrow(s_query, out _, path)).Batches);
    }

    [Fact]
    public void Columns_of_every_type_are_told_by_their_text()
    {
        var export = ExportBuilder.Table("energy").Column("interval_start", ArrowType.Of(ArrowTypeId.Null)).Column("line", ArrowType.Of(ArrowTypeId.Binary))
            .Column("product", new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = 2 }).Column("factory", ArrowType.Int(64, isSigned: false))
            .Column("workshop", ArrowType.Of(ArrowTypeId.Bool)).Column("kwh", ArrowType.Decimal128(10, 2))
            .Row(null, "L1"u8.ToArray(), new byte[] { 0xAB, 1 }, ulong.MaxValue, true, 12.5m);
        var path = Write("energy-1", export);
        Assert.Equal(
            ["input,table,batch,row,reason,event_time,interval_start,line,product,factory,workshop,kwh", "energy-1.arrow,energy,0,0,MISSING_TIME,,,L1,ab01,18446744073709551615,true,12.50"],
            Lines(Csv(s_query with { Select = ["energy_kwh"] }, out _, path)));
        var (schema, _) = IpcReading.File(Arrow(s_query with { Select = ["energy_kwh"] }, out _, path));
        Assert.Equal(["utf8", "binary", "fixed_size_binary[2]", "uint64", "bool", "utf8"], schema.Fields.Skip(6).Select(static field => field.Type.ToString()));
    }

    [Fact]
    public void More_rows_than_a_batch_holds_are_written_in_several()
    {
        var export = ExportBuilder.Energy();
        for (var i = 0; i < 70_000; i++)
        {
            export.Row(null, i);
        }

        var path = Write("energy-1", export);
        var (_, batches) = IpcReading.File(Arrow(s_query, out _, path), [3, 7]);
        Assert.Equal([65_536, 4_464], batches.Select(static batch => batch.Rows));
        var rows = batches.SelectMany(static batch => batch.Columns[3]!.Zip(batch.Columns[7]!)).ToList();
        Assert.All(rows, static pair => Assert.Equal(double.Parse(pair.First, CultureInfo.InvariantCulture), double.Parse(pair.Second, CultureInfo.InvariantCulture)));
        Assert.Equal(70_000, rows.Count);
    }

    [Theory]
    [InlineData(OnBad.Fail)]
    [InlineData(OnBad.Skip)]
    public void A_full_disk_ends_the_run_and_is_no_fault_of_the_input(OnBad onBad)
    {
        using var file = new QuarantineFile(QuarantineFormat.Csv, s_zone, static () => new FullDisk());
        using var engine = new IndicatorEngine(s_query with { OnBad = onBad }) { Quarantine = file };
        var fault = Assert.ThrowsAny<IOException>(() => Reports.ReadFiles(engine, Mixed()));
        Assert.Contains("no space", fault.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
        Assert.Throws<IOException>(() => file.Write(Stream.Null));
    }

    [Fact]
    public void Temporary_files_are_gone_at_the_end_and_the_file_itself_is_not_touched()
    {
        using (var file = new QuarantineFile(_folder.File("q.csv"), QuarantineFormat.Csv, s_zone))
        using (var engine = new IndicatorEngine(s_query) { Quarantine = file })
        {
            Reports.ReadFiles(engine, Mixed());
            Assert.True(file.Rows > 0);
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Path), static path => path.Contains("q.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sink_is_set_before_anything_is_read()
    {
        using var engine = Reports.Engine(s_query, ExportBuilder.Energy().Row("2024-03-01 08:00", 1));
        using var file = new QuarantineFile(_folder.File("q.csv"), QuarantineFormat.Csv, s_zone);
        Assert.Throws<InvalidOperationException>(() => engine.Quarantine = file);
    }

    [Theory]
    [InlineData("a/b.arrow", QuarantineFormat.Arrow)]
    [InlineData("b.FEATHER", QuarantineFormat.Arrow)]
    [InlineData("b.Csv", QuarantineFormat.Csv)]
    [InlineData("b.txt", null)]
    [InlineData("arrow", null)]
    public void The_extension_is_the_format(string path, QuarantineFormat? format) => Assert.Equal(format, QuarantineFile.FormatOf(path));

    // every reason that a row can have, in several batches of several files of several tables
    private string[] Mixed()
    {
        var energy = ExportBuilder.Table("energy").Time("interval_start", "ingest_ts").Keys("line").Numbers("kwh").Keys("indicatorcore.quarantine");
        var radio = ExportBuilder.Table("radio").Time("event_ts").Keys("device").Numbers("rsrp_dbm", "sinr_db");
        var online = ExportBuilder.Table("connectivity").Time("event_ts").Keys("device").Column("online", ArrowType.Int(8));
        var random = new Random(5);
        for (var i = 0; i < 6_000; i++)
        {
            var time = $"2024-03-{1 + (i % 28):00} 08:00";
            var kind = random.Next(12);
            energy.Row(kind == 0 ? null : kind == 1 ? "2031-01-01" : time, kind == 2 ? "2024-01-01" : null, "L" + (i % 7), kind == 3 ? 1e300 : i, kind switch
            {
                4 => "UNPARSEABLE",
                5 => "PRECISION_LOST",
                6 => "SOMETHING_ELSE",
                _ => null,
            });
            radio.Row(kind == 7 ? null : time, "D" + (i % 9), -80 - (i % 30), 10);
            online.Row(kind == 8 ? null : time, "D" + (i % 9), kind == 9 ? 2 : 1);
            if (i % 700 == 699)
            {
                energy.NextBatch();
                radio.NextBatch();
                online.NextBatch();
            }
        }

        return [Write("energy-1", energy), Write("radio-1", radio), Write("connectivity-1", online), Write("energy-2", energy.Row(null, null, "L", 1, null))];
    }

    private string Write(string name, ExportBuilder export) => _folder.Write(name + ".arrow", export.ToBytes(compress: true));

    private byte[] Csv(IndicatorQuery query, out IndicatorReport report, params string[] paths) => Bytes(QuarantineFormat.Csv, query, out report, paths);

    private byte[] Arrow(IndicatorQuery query, out IndicatorReport report, params string[] paths) => Bytes(QuarantineFormat.Arrow, query, out report, paths);

    private byte[] Bytes(QuarantineFormat format, IndicatorQuery query, out IndicatorReport report, params string[] paths)
    {
        using var file = new QuarantineFile(_folder.File("q"), format, s_zone);
        using var engine = new IndicatorEngine(query) { Quarantine = file };
        Reports.ReadFiles(engine, paths);
        report = engine.Finish();
        using var output = new MemoryStream();
        file.Write(output);
        return output.ToArray();
    }

    private List<string> Lines(byte[] csv) =>
    [
        .. Encoding.UTF8.GetString(csv.AsSpan(3)).Replace(_folder.Path + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal)
            .Split("\r\n").SkipLast(1),
    ];

    /// <summary>A temporary file on a disk that takes nothing.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no space left");
    }
}
