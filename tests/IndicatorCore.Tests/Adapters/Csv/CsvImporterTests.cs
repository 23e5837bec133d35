using IndicatorCore.Adapters.Csv;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Csv;

public sealed class CsvImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Canonical_columns_are_typed_and_others_stay_as_text()
    {
        var imported = Import(
            "event_ts,device,rsrp_dbm,sinr_db,floor,ingest_ts,network,cell\n"
            + "2024-03-01T08:00:00.001+08:00,D1,-71.25,6,-1,2024-03-01T00:00:00Z,n78,\n"
            + "2024-03-01T00:00:01Z,D2,,7,2,,n8,5C4\n",
            """{ "table": "radio" }""");

        Assert.Equal(
            [
                "event_ts: timestamp[ms, UTC]", "rsrp_dbm: decimal128(18, 2)", "sinr_db: decimal128(18, 0)",
                "device: dictionary<uint32, utf8>", "cell: dictionary<uint32, utf8>", "floor: int64",
                "ingest_ts: timestamp[ms, UTC]", "network: dictionary<uint32, utf8>",
                "indicatorcore.quarantine: dictionary<uint8, utf8>",
            ],
            imported.Schema.Fields.Select(static field => field.ToString()));
        Assert.Equal("radio", imported.Schema.Meta("table"));
        Assert.Equal("2024-03-01T00:00:00.001Z", imported.Rows[0]["event_ts"]);
        Assert.Equal("-71.25", imported.Rows[0]["rsrp_dbm"]);
        Assert.Equal("-1", imported.Rows[0]["floor"]);
        Assert.Null(imported.Rows[0]["cell"]);
        Assert.Null(imported.Rows[1]["rsrp_dbm"]);
        Assert.Equal("n8", imported.Rows[1]["network"]);
        Assert.Empty(imported.Quarantined);
    }

    [Theory]
    [InlineData("2024-03-01T00:00:00.123456Z", "timestamp[us, UTC]")]
    [InlineData("2024-03-01T00:00:00.1234567Z", "timestamp[ns, UTC]")]
    public void An_instant_gets_the_unit_that_it_needs(string text, string type)
    {
        var imported = Import($"event_ts,device\n{text}\n", """{ "table": "connectivity", "columns": { "device": { "constant": "D" } } }""");
        Assert.Equal(type, imported.Schema.Fields[0].Type.ToString());
        Assert.Equal(text, imported.Rows[0]["event_ts"]);
        Assert.Equal("D", imported.Rows[0]["device"]);
    }

    [Theory]
    [InlineData("epoch_s", "1709251200", "2024-03-01T00:00:00Z")]
    [InlineData("epoch_s", "1709251200.25", "2024-03-01T00:00:00.25Z")]
    [InlineData("epoch_ms", "1709251200001", "2024-03-01T00:00:00.001Z")]
    [InlineData("epoch_us", "1709251200000001", "2024-03-01T00:00:00.000001Z")]
    [InlineData("epoch_ns", "1709251200000000100", "2024-03-01T00:00:00.0000001Z")]
    [InlineData("dd/MM/yyyy HH:mm", "01/03/2024 09:00", "2024-03-01T00:00:00Z")]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2024-03-01T08:00:00+08:00", "2024-03-01T00:00:00Z")]
    public void An_instant_follows_its_format_and_the_zone(string format, string text, string expected)
    {
        var profile = $$"""{ "table": "connectivity", "zone": "Asia/Seoul", "columns": { "event_ts": { "from": "t", "format": "{{format}}" }, "device": "t" } }""";
        var imported = Import($"t\n{text}\n", profile);
        Assert.Equal(expected, imported.Rows[0]["event_ts"]);
        Assert.Equal(text, imported.Rows[0]["t"]);
    }

    [Fact]
    public void Rows_that_cannot_be_counted_stay_and_say_why()
    {
        var imported = Import(
            "event_ts,device,online,seq\n"
            + "1709251200000,D,1,1\n"
            + ",D,1,2\n"
            + "1.7092E+12,D,1,3\n"
            + "yesterday,D,1,4\n"
            + "1709251200000,D,maybe,5\n"
            + "1709251200000,D,1,six\n"
            + "1709251200000,1.23457E+14,1,7\n"
            + "9999999999999999999,D,1,8\n"
            + "1709251200000,D,1\n"
            + "1709251200000,D,1,10,11\n"
            + "1709251200000,D,false,12,\n",
            """{ "table": "connectivity", "columns": { "event_ts": { "format": "epoch_ms" } } }""");
        Assert.Equal(
            [null, "MISSING_TIME", "PRECISION_LOST", "UNPARSEABLE", "UNKNOWN_VALUE", "UNPARSEABLE", "PRECISION_LOST", "OUT_OF_SCALE", "UNPARSEABLE", "UNPARSEABLE", null],
            imported.Rows.Select(static row => row[QuarantineReason.Column]));
        Assert.Equal("false", imported.Rows[^1]["online"]);
    }

    [Fact]
    public void A_wall_clock_time_without_a_declared_zone_is_quarantined()
    {
        var imported = Import("event_ts,device\n2024-03-01 08:00,D\n", """{ "table": "connectivity" }""");
        Assert.Equal("TZ_UNDECLARED", imported.Rows[0][QuarantineReason.Column]);
    }

    [Fact]
    public void An_end_stamp_becomes_a_start_and_midnight_closes_the_day_it_names()
    {
        // W17: "01/01/2018 00:00", written last in the day, is the interval 23:45 to 24:00 of 1 January
        const string Profile = """
            { "table": "energy", "zone": "Asia/Seoul", "stamp": "end", "interval": "15min", "midnight_stamp": "labelled_day",
              "columns": { "interval_start": { "from": "date", "format": "dd/MM/yyyy HH:mm" } } }
            """;
        var imported = Import("date,kwh\n01/01/2018 00:15,1\n01/01/2018 00:00,2\n", Profile);
        Assert.Equal(["2017-12-31T15:00:00Z", "2018-01-01T14:45:00Z"], imported.Rows.Select(static row => row["interval_start"]));
        Assert.Equal(TimestampStamp.Start, imported.Effective.Stamp);
        Assert.Equal(MidnightStamp.NextDay, imported.Effective.Midnight);
        Assert.Equal(900_000_000_000, imported.Effective.IntervalNanoseconds);

        var next = Import("date,kwh\n01/01/2018 00:00,2\n", Profile.Replace("labelled_day", "next_day", StringComparison.Ordinal));
        Assert.Equal("2017-12-31T14:45:00Z", next.Rows[0]["interval_start"]);
    }

    [Fact]
    public void Values_units_products_marks_and_blanks_are_settled_at_import()
    {
        var imported = Import(
            "t,team,net,wh,workers,rate,dept\n2024-03-01T00:00:00Z,7,5G,1500,30.5,0.800570492,cut \n2024-03-01T00:00:00Z,8,LTE,-,8,,cut\n",
            """
            { "table": "telemetry", "columns": {
                "event_ts": "t", "line": "team", "rat": { "from": "net", "values": { "5G": "NR" } },
                "kwh": { "from": "wh", "unit": "1/1000", "missing": ["-"] }, "q_good": { "product_of": ["workers", "rate"] },
                "product": { "from": "dept", "trim": true }, "unit": { "constant": "t" } } }
            """);
        var (first, second) = (imported.Rows[0], imported.Rows[1]);
        Assert.Equal(("7", "NR", "1.5", "24.417400006", "cut", "t"), (first["line"], first["rat"], first["kwh"], first["q_good"], first["product"], first["unit"]));
        Assert.Equal(("LTE", null, null, "cut"), (second["rat"], second["kwh"], second["q_good"], second["product"]));
        Assert.Equal("cut ", first["dept"]);
        Assert.Empty(imported.Quarantined);
        Assert.Empty(imported.Effective.Columns);
    }

    [Fact]
    public void What_only_the_run_can_judge_goes_into_the_metadata()
    {
        var imported = Import(
            "event_ts,rsrp_dbm,sinr_db,x_m,run\n2024-03-01T00:00:00Z,52,41,99999,a\n",
            """
            { "name": "mine", "zone": "Asia/Seoul", "table": "radio", "plausible": ["2024-01-01", null], "default_rat": "LTE", "nominal_period": "1s",
              "heartbeat_timeout": "5s", "identity": ["run", "x_m", "event_ts"],
              "columns": { "rsrp_dbm": { "unit": "index" }, "sinr_db": { "unit": "index" }, "x_m": { "unit": "0.001", "sentinels": [99999] } } }
            """);
        Assert.Equal(
            """
            {"name":"mine","zone":"Asia/Seoul","plausible":["2023-12-31T15:00:00Z",null],"nominal_period":"1s","heartbeat_timeout":"5s",
            "default_rat":"LTE","identity":{"columns":["run","x_m","event_ts"]},
            "columns":{"rsrp_dbm":{"unit":"index"},"sinr_db":{"unit":"index"},"x_m":{"unit":"1/1000","sentinels":[99999]}}}
            """.ReplaceLineEndings(string.Empty),
            imported.Schema.Meta("indicatorcore.source"));
        Assert.Equal("99999", imported.Rows[0]["x_m"]);
    }

    [Fact]
    public void A_default_sentinel_is_not_scaled()
    {
        var imported = Import(
            "event_ts,latency\n2024-03-01T00:00:00Z,2500\n2024-03-01T00:00:00Z,4294967295\n2024-03-01T00:00:00Z,-1\n",
            """{ "table": "probe", "columns": { "latency_ms": { "from": "latency", "unit": "1/1000" } } }""");
        Assert.Equal(["2.5", "4294967295", "-1"], imported.Rows.Select(static row => row["latency_ms"]));
    }

    [Fact]
    public void A_mark_in_a_probe_table_is_not_a_lost_packet()
    {
        const string Profile = """{ "table": "probe", "columns": { "latency_ms": { "missing": ["-"] } } }""";
        var marks = Import("event_ts,latency_ms\n2024-03-01T00:00:00Z,2.5\n2024-03-01T00:00:00Z,-\n", Profile);
        Assert.Equal("float64", marks.Schema.Fields[1].Type.ToString());
        Assert.Equal(["2.5", "NaN"], marks.Rows.Select(static row => row["latency_ms"]));
        var lost = Import("event_ts,latency_ms,lost\n2024-03-01T00:00:00Z,-,1\n2024-03-01T00:00:00Z,-,0\n2024-03-01T00:00:00Z,0.1,0\n", Profile);
        Assert.Equal([null, "NaN", "0.1"], lost.Rows.Select(static row => row["latency_ms"]));
        var whole = Import("event_ts,latency_ms\n2024-03-01T00:00:00Z,2.5\n", Profile);
        Assert.Equal("decimal128(18, 1)", whole.Schema.Fields[1].Type.ToString());
        var wide = Import("event_ts,latency_ms\n2024-03-01T00:00:00Z,-\n", Profile.Replace("\"probe\"", "\"telemetry\"", StringComparison.Ordinal));
        Assert.Equal(ArrowTypeId.Decimal, wide.Schema.Fields[1].Type.Id);
    }

    [Fact]
    public void Raw_columns_give_way_to_canonical_ones()
    {
        var imported = Import(
            "team,line,event_ts,,line_raw\nT1,L1,2024-03-01T00:00:00Z,x,y\n",
            """{ "table": "connectivity", "identity": { "columns": "all", "except": ["line", "team"] }, "columns": { "line": "team", "device": { "constant": "D" } } }""");
        Assert.Equal(
            ["event_ts", "device", "line", "team", "line_raw", "column_4", "line_raw_raw", QuarantineReason.Column],
            imported.Schema.Fields.Select(static field => field.Name));
        Assert.Equal(("T1", "L1", "y"), (imported.Rows[0]["line"], imported.Rows[0]["line_raw"], imported.Rows[0]["line_raw_raw"]));
        Assert.Equal(["*"], imported.Effective.Identity);
        Assert.Equal(["line_raw", "team"], imported.Effective.IdentityExcept);
    }

    [Fact]
    public void Without_an_identity_the_mapped_columns_are_it()
    {
        var imported = Import("event_ts,device,other\n2024-03-01T00:00:00Z,D,x\n", """{ "table": "connectivity" }""");
        Assert.Equal(["event_ts", "device"], imported.Effective.Identity);
    }

    [Theory]
    [InlineData("gb18030", ";", "\r\n")]
    [InlineData("utf-16", "\\t", "\n")]
    [InlineData("utf-8", "|", "\n")]
    public void Any_encoding_and_delimiter_is_read(string encoding, string delimiter, string end)
    {
        var separator = delimiter == "\\t" ? "\t" : delimiter;
        var text = $"时间{separator}设备\r\n2024-03-01{separator}\"机床{separator}\"\"一\"\"\"{end}".ReplaceLineEndings(end);
        var path = _folder.Write("x.csv", TextEncodings.TryGet(encoding)!.GetBytes(text));
        var profile = SourceProfile.Parse(
            $$"""{ "table": "connectivity", "zone": "Asia/Shanghai", "encoding": "{{encoding}}", "delimiter": "{{delimiter}}", "columns": { "event_ts": "时间", "device": "设备" } }""",
            "p.json");
        var imported = Imported.Of(profile, path);
        Assert.Equal($"机床{separator}\"一\"", Assert.Single(imported.Rows)["device"]);
        Assert.Equal("2024-02-29T16:00:00Z", imported.Rows[0]["event_ts"]);
    }

    [Fact]
    public void The_table_is_told_by_the_file_name_or_the_columns()
    {
        Assert.Equal("radio", TableOf("radio_1.csv", "event_ts,rsrp_dbm,sinr_db,bytes\n"));
        Assert.Equal("downtime", TableOf("x.csv", "start_ts,end_ts,line\n"));
        Assert.Equal("production", TableOf("x.csv", "interval_start,line,q_good\n"));
        Assert.Contains("several", Assert.Throws<SchemaMismatchException>(() => TableOf("x.csv", "event_ts,device,latency_ms\n")).Problem, StringComparison.Ordinal);
        Assert.Contains("No table", Assert.Throws<SchemaMismatchException>(() => TableOf("x.csv", "a,b\n")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_met_with_the_nearest_heading()
    {
        var required = Assert.Throws<SchemaMismatchException>(() => Import("event_ts,rsrp,sinr_db\n", """{ "table": "radio" }"""));
        Assert.Equal("The table radio needs rsrp_dbm", required.Problem);
        var named = Assert.Throws<SchemaMismatchException>(() => Import("event_ts,device,CellId\n", """{ "table": "connectivity", "columns": { "link": "cell_id" } }"""));
        Assert.Contains("\"cell_id\"", named.Problem, StringComparison.Ordinal);
        Assert.Contains("CellId", named.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_names_line_and_column()
    {
        var open = Assert.Throws<ConfigurationException>(() => Import("event_ts,device\n2024-03-01T00:00:00Z,D\n2024-03-01T00:00:00Z,\"D\n", """{ "table": "connectivity" }"""));
        Assert.Equal(3, open.Location.Row);
        var path = _folder.Write("gbk.csv", [.. "event_ts,device\n2024-03-01T00:00:00Z,"u8, 0xC9, 0xE8, 0x0A]);
        var encoding = Assert.Throws<ConfigurationException>(() => Imported.Of(SourceProfile.Parse("""{ "table": "connectivity" }""", "p"), path));
        Assert.Equal((path, "device", 2L), (encoding.Location.File, encoding.Location.Column, encoding.Location.Row));
        Assert.Contains("GB18030", encoding.Advice, StringComparison.Ordinal);
        var empty = Assert.Throws<ConfigurationException>(() => Import(string.Empty, """{ "table": "connectivity" }"""));
        Assert.Contains("empty", empty.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_written_whole_and_the_same_each_time()
    {
        var csv = _folder.Write("connectivity.csv", "event_ts,device\n" + string.Concat(Enumerable.Range(0, 1000).Select(static i => $"2024-03-01T00:00:{i % 60:00}Z,D{i % 7}\n")));
        var options = new CsvImportOptions { BatchRows = 300, DictionaryLimit = 5 };
        var summary = CsvImporter.Import([csv], _folder.File("a.arrow"), SourceProfile.Empty, options);
        _ = CsvImporter.Import([csv], _folder.File("b.arrow"), SourceProfile.Empty, options);

        var table = Assert.Single(summary.Tables);
        Assert.Equal((1000, "connectivity"), (table.Rows, table.Table));
        Assert.Empty(table.Quarantined);
        Assert.Equal(["event_ts", "device"], table.Columns);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.arrow")), File.ReadAllBytes(_folder.File("b.arrow")));
        Assert.Equal("ARROW1"u8.ToArray(), File.ReadAllBytes(_folder.File("a.arrow"))[..6]);
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Batches_and_plain_text_columns_hold_the_same_values()
    {
        var csv = _folder.Write("connectivity.csv", "event_ts,device,x\n" + string.Concat(Enumerable.Range(0, 1000).Select(static i => $"2024-03-01T00:00:{i % 60:00}Z,D{i % 7},{i}\n")));
        var small = Imported.Of(SourceProfile.Empty, new CsvImportOptions { BatchRows = 300, DictionaryLimit = 5, Compress = false }, csv);
        var large = Imported.Of(SourceProfile.Empty, csv);
        Assert.Null(small.Schema.Fields[1].Dictionary);
        Assert.NotNull(large.Schema.Fields[1].Dictionary);
        Assert.Equal(large.Rows, small.Rows);
        Assert.Equal("D6", large.Rows[6]["device"]);
    }

    [Fact]
    public void A_file_without_rows_gives_one_without_rows()
    {
        var imported = Import("event_ts,device\n", """{ "table": "connectivity" }""");
        Assert.Empty(imported.Rows);
        Assert.Equal("event_ts: timestamp[ms, UTC]", imported.Schema.Fields[0].ToString());
    }

    [Fact]
    public void Files_of_several_tables_go_into_a_folder()
    {
        var radio = _folder.Write("radio.csv", "event_ts,rsrp_dbm,sinr_db\n2024-03-01T00:00:00Z,-70,5\n");
        var probe = _folder.Write("probe.csv", "event_ts,latency_ms\n2024-03-01T00:00:00Z,\n2024-03-01T00:00:00Z,5\n");
        var summary = CsvImporter.Import([radio, probe, radio], _folder.File("out"), SourceProfile.Empty);
        Assert.Equal([("radio", 2L), ("probe", 2L)], summary.Tables.Select(static table => (table.Table, table.Rows)));
        Assert.Equal(["probe.arrow", "radio.arrow"], Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_fault_or_a_cancellation_leaves_nothing_behind()
    {
        var csv = _folder.Write("connectivity.csv", "event_ts,device\n2024-03-01T00:00:00Z,\"D\n");
        Assert.Throws<ConfigurationException>(() => CsvImporter.Import([csv], _folder.File("a.arrow"), SourceProfile.Empty));
        _folder.Write("connectivity.csv", "event_ts,device\n2024-03-01T00:00:00Z,D\n");
        Assert.Throws<OperationCanceledException>(() =>
            CsvImporter.Import([csv], _folder.File("a.arrow"), SourceProfile.Empty, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal([csv], Directory.GetFiles(_folder.Path));
    }

    private string TableOf(string name, string text) => CsvBinding.TableOf(new CsvInput(_folder.Write(name, text), SourceSettings.Empty));

    private Imported Import(string csv, string profile) => Imported.Of(SourceProfile.Parse(profile, "p.json"), _folder.Write("input.csv", csv));
}
