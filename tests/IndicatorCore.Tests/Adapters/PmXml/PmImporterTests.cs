using System.IO.Compression;
using System.Text;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Adapters.PmXml;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.PmXml;

public sealed class PmImporterTests : IDisposable
{
    private const string Cell = "GNBCUUPFunction=1,NRCellCU=1";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Volumes_of_periods_become_throughput_over_the_periods_that_were_measured()
    {
        var rows = await ThroughputAsync(Period("a", 0, "1000"), Period("b", 1, "500"));

        // 1,500 Mbit in half an hour
        Assert.Equal("1500000000", rows["thr_dl"].Numerator.ToString());
        Assert.Equal("1800", rows["thr_dl"].Denominator.ToString());
        Assert.Equal(0, rows["thr.resets"].Value);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_gap_a_suspect_period_or_one_without_a_value()
    {
        var rows = await ThroughputAsync(
            Period("a", 0, "1000"), Period("c", 2, "10"), Period("d", 3, "77", isSuspect: true), Period("e", 4, "NIL"), Period("f", 5, "0"));

        // 1,000 + 10 + 0 Mbit in three quarters of an hour; no span was dropped as a reset, for none goes over a gap
        Assert.Equal("1010000000", rows["thr_dl"].Numerator.ToString());
        Assert.Equal("2700", rows["thr_dl"].Denominator.ToString());
        Assert.Equal(0, rows["thr.resets"].Value);
        Assert.Equal([new("UNKNOWN_VALUE", 1L)], rows["thr"].Evidence!.Quarantined);
    }

    [Fact]
    public void The_order_of_files_and_gzip_change_no_byte()
    {
        string[] files = [Period("a", 0, "1"), Period("b", 1, "2.5"), Period("c", 2, "3")];
        var plain = Import(files);
        var backwards = Import([.. files.Reverse()]);
        var zipped = Import([.. files.Select(Zip)]);
        Assert.Equal(Bytes(plain, "counter"), Bytes(backwards, "counter"));
        Assert.Equal(Bytes(plain, "counter"), Bytes(zipped, "counter"));
    }

    [Fact]
    public void A_period_that_comes_twice_is_set_aside_and_counted()
    {
        var table = Assert.Single(Summary([Period("a", 0, "1"), Period("b", 1, "2"), Period("b2", 1, "2")]).Tables);
        Assert.Equal(4, table.Rows);
        Assert.Equal(1, table.Quarantined["UNKNOWN_VALUE"]);
    }

    [Fact]
    public async Task Both_forms_of_the_standard_say_the_same()
    {
        var lists = await ThroughputAsync(Period("a", 0, "1000"));
        var numbers = await ThroughputAsync(Write("n.xml", Document(
            "measDataFile", 0, """<measType p="2">Other</measType><measType p="1">DRB.PdcpSduVolumeDL</measType>""", """<r p="1">1000</r><r p="2">5</r>""", element: "measEntity")));
        Assert.Equal(lists["thr_dl"] with { Evidence = null }, numbers["thr_dl"] with { Evidence = null });
    }

    [Fact]
    public void Objects_are_told_apart_by_element_and_placed_by_the_first_rule_that_matches()
    {
        var mapping = PmMapping.Parse(
            """
            { "counters": [ { "measType": "DRB.PdcpSduVolumeDL", "kind": "volume" } ],
              "objects": [ { "match": "ManagedElement=(A).*NRCellCU=1$", "factory": "F-$1", "line": "L1" }, { "match": "ManagedElement", "factory": "other" } ] }
            """,
            "m.json");
        var folder = _folder.File("placed");
        PmImporter.Import([Write("a.xml", Document(element: "managedElement", dn: "ManagedElement=A")), Write("b.xml", Document(dn: "ManagedElement=B"))], folder, mapping);
        var text = Cat(folder, "counter");
        Assert.Contains($"ManagedElement=A,{Cell},DRB.PdcpSduVolumeDL,,F-A,L1", text, StringComparison.Ordinal);
        Assert.Contains($"ManagedElement=B,{Cell},DRB.PdcpSduVolumeDL,,other,", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Means_are_rolled_up_by_their_weights_alone()
    {
        var mapping = PmMapping.Parse(
            """{ "counters": [ { "measType": "Delay", "kind": "mean", "column": "mean_delay_ms", "unit": "1/10", "weight": "Packets" } ] }""", "m.json");
        var folder = _folder.File("means");
        var types = "<measTypes>Delay Packets</measTypes>";
        PmImporter.Import(
            [
                Write("1.xml", Document(period: 0, types: types, values: "<measResults>100 9</measResults>")),
                Write("2.xml", Document(period: 1, types: types, values: "<measResults>200 1</measResults>")),
                Write("3.xml", Document(period: 2, types: types, values: "<measResults>5000 NIL</measResults>")),
            ],
            folder,
            mapping);
        var definitions = UserIndicatorSet.Parse(
            """{ "table": "telemetry", "indicators": [ { "id": "delay", "aggregate": "mean", "column": "mean_delay_ms", "weight": "mean_delay_ms_weight", "unit": "ms" } ] }""", "d.json");
        await using var engine = new IndicatorEngine(new IndicatorQuery { UserDefined = definitions, Select = ["delay"] });
        await engine.ReadAsync(folder);

        // (10 · 9 + 20 · 1) / 10, not the mean of means; what nothing weighs is set aside
        Assert.Equal(11, engine.Finish().Rows.Single().Value);
        Assert.Contains("UNKNOWN_VALUE", Cat(folder, "telemetry"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gauges_of_one_object_and_period_are_one_sample()
    {
        var mapping = PmMapping.Parse(
            """
            { "counters": [ { "measType": "Rsrp", "kind": "gauge", "table": "radio", "column": "rsrp_dbm" }, { "measType": "Sinr", "kind": "gauge", "table": "radio", "column": "sinr_db", "unit": "1/10" } ],
              "objects": [ { "match": ".*", "cell": "$0" } ] }
            """,
            "m.json");
        var folder = _folder.File("radio");
        PmImporter.Import([Write("r.xml", Document(types: "<measTypes>Rsrp Sinr</measTypes>", values: "<measResults>-80 125</measResults>"))], folder, mapping);
        await using var engine = new IndicatorEngine(new IndicatorQuery { Select = ["cov_sample"], Profile = DefinitionProfile.TestNoFloor });
        await engine.ReadAsync(folder);
        var row = engine.Finish().Rows.Single();
        Assert.Equal(("1", "1"), (row.Numerator.ToString(), row.Denominator.ToString()));
    }

    [Theory]
    [InlineData("<nothing/>", "The root element is 'nothing'")]
    [InlineData("no xml", "no well-formed XML")]
    [InlineData("""<!DOCTYPE x [<!ENTITY a "b">]><measCollecFile/>""", "no well-formed XML")]
    [InlineData("", "no well-formed XML")]
    public void What_is_no_such_document_is_refused_with_its_place(string text, string problem)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Import([Write("bad.xml", text)]));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("bad.xml", fault.Location.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<measTypes>DRB.PdcpSduVolumeDL X</measTypes>", "<measResults>1</measResults>", "1 measResults for 2 measTypes")]
    [InlineData("<measType>DRB.PdcpSduVolumeDL</measType>", """<r p="1">1</r>""", "no attribute p")]
    [InlineData("""<measType p="1">DRB.PdcpSduVolumeDL</measType>""", """<r p="2">1</r>""", "which no measType has")]
    public void Values_that_no_type_can_be_told_of_are_refused(string types, string values, string problem)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Import([Write("odd.xml", Document(types: types, values: values))]));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Location.Row);
    }

    [Theory]
    [InlineData("endTime=\"2024-03-01T00:15:00\"", "has no offset")]
    [InlineData("endTime=\"yesterday\"", "no offset")]
    [InlineData("endTime=\"9999-03-01T00:15:00Z\"", "not plausible")]
    public void Times_that_are_none_are_refused(string end, string problem)
    {
        var text = Document().Replace("endTime=\"2024-03-01T00:15:00+00:00\"", end, StringComparison.Ordinal);
        Assert.Contains(problem, Assert.Throws<ConfigurationException>(() => Import([Write("time.xml", text)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_of_the_mapping_says_what_stamps_without_an_offset_mean()
    {
        var text = Document().Replace("+00:00", string.Empty, StringComparison.Ordinal);
        var mapping = PmMapping.Default with { TimeZone = "Asia/Shanghai" };
        var folder = _folder.File("zone");
        PmImporter.Import([Write("zone.xml", text)], folder, mapping);
        Assert.Contains("2024-02-29T16:15:00", Cat(folder, "counter"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_leaves_nothing_behind()
    {
        var whole = Encoding.UTF8.GetBytes(Document());
        var zipped = File.ReadAllBytes(Zip(Write("whole.xml", Document())));
        const int Trailer = 8;   // of gzip: without it all of the content is there
        foreach (var (bytes, end) in (ReadOnlySpan<(byte[], int)>)[(whole, whole.Length - 1), (zipped, zipped.Length - Trailer)])
        {
            for (var length = 0; length < end; length += 7)
            {
                var folder = _folder.File("cut");
                var path = _folder.File("cut.xml");
                File.WriteAllBytes(path, bytes[..length]);
                Assert.ThrowsAny<IndicatorDataException>(() => PmImporter.Import([path], folder, PmMapping.Default));
                Assert.True(!Directory.Exists(folder) || Directory.GetFiles(folder).Length == 0);
            }
        }
    }

    [Fact]
    public void A_text_in_a_million_pieces_takes_no_longer_than_it_is()
    {
        var pieces = string.Concat(Enumerable.Repeat("<![CDATA[1]]>", 400_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<SchemaMismatchException>(() => Import([Write("pieces.xml", Document(types: $"<measTypes>{pieces}</measTypes>"))]));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [Fact]
    public void A_name_that_never_ends_is_refused_before_memory_is()
    {
        var path = _folder.File("bomb.xml.gz");
        using (var output = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            output.Write("<measCollecFile><fileHeader dnPrefix=\""u8);
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)'a');
            for (var i = 0; i < 64; i++)
            {
                output.Write(block);
            }
        }

        Assert.Throws<LimitExceededException>(() => Import([path]));
    }

    [Fact]
    public void Volumes_that_no_cell_has_are_out_of_scale_and_no_sum_overflows()
    {
        string[] files = [.. Enumerable.Range(0, 12).Select(period => Period("huge", period, period % 2 == 0 ? "99999999999999999999" : "7999999999.123456789012345678"))];
        var table = Assert.Single(Summary(files).Tables);
        Assert.Equal(6, table.Quarantined["OUT_OF_SCALE"]);
    }

    [Fact]
    public void Files_without_any_mapped_type_are_named_as_such()
    {
        var fault = Assert.Throws<SchemaMismatchException>(() => Import([Write("x.xml", Document(types: "<measTypes>Vendor.Counter</measTypes>"))]));
        Assert.Contains("--map", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "counters": [ { "measType": "D", "kind": "mean", "column": "delay" } ] }""", "without a \"weight\"")]
    [InlineData("""{ "counters": [ { "measType": "D", "kind": "mean", "column": "latency_ms", "weight": "P" } ] }""", "a column of samples")]
    [InlineData("""{ "counters": [ { "measType": "D", "kind": "mean", "table": "probe", "column": "d", "weight": "P" } ] }""", "no table for a mean")]
    [InlineData("""{ "counters": [ { "measType": "D", "kind": "gauge", "table": "radio", "column": "rsrp" } ] }""", "which radio has not")]
    [InlineData("""{ "counters": [ { "measType": "D", "kind": "total" } ] }""", "is no kind")]
    [InlineData("""{ "counters": [ { "measType": "D", "kind": "volume" }, { "measType": "D", "kind": "volume" } ] }""", "twice")]
    [InlineData("""{ "counters": [], "objects": [ { "match": "(a)\\1", "factory": "F" } ] }""", "linear time")]
    [InlineData("""{ "counters": [], "objects": [ { "match": "a", "city": "F" } ] }""", "city")]
    [InlineData("""{ }""", "counters")]
    public void Mappings_that_make_no_sense_are_refused_by_their_place(string json, string problem) =>
        Assert.Contains(problem, Assert.Throws<ConfigurationException>(() => PmMapping.Parse(json, "m.json")).Message, StringComparison.Ordinal);

    private async Task<Dictionary<string, IndicatorRow>> ThroughputAsync(params string[] files)
    {
        await using var engine = new IndicatorEngine(new IndicatorQuery { Select = ["thr"], TimeZone = "UTC" });
        await engine.ReadAsync(Import(files));
        return engine.Finish().Rows.ToDictionary(static row => row.Indicator);
    }

    private ImportSummary Summary(string[] files) => PmImporter.Import(files, _folder.File($"out-{Guid.NewGuid():N}"), PmMapping.Default);

    private string Import(string[] files) => Path.GetDirectoryName(Summary(files).Tables[0].Path)!;

    private static byte[] Bytes(string folder, string table) => File.ReadAllBytes(Path.Combine(folder, $"{table}.arrow"));

    private static string Cat(string folder, string table)
    {
        using var run = new Tests.Cli.CommandRun { UsesRealEngine = true };
        Assert.Equal(0, run.InvokeAsync("cat", Path.Combine(folder, $"{table}.arrow"), "--format", "csv").GetAwaiter().GetResult());
        return run.Out.Replace("\"", string.Empty, StringComparison.Ordinal);
    }

    private string Period(string name, int period, string megabits, bool isSuspect = false) => Write(
        $"{name}-{Guid.NewGuid():N}.xml",
        Document(period: period, values: $"<measResults>{megabits}</measResults><suspect>{(isSuspect ? "true" : "false")}</suspect>"));

    private string Write(string name, string text)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Zip(string path)
    {
        using var output = new GZipStream(File.Create($"{path}.gz"), CompressionLevel.Fastest);
        output.Write(File.ReadAllBytes(path));
        return $"{path}.gz";
    }

    private static string Document(
        string root = "measCollecFile",
        int period = 0,
        string types = "<measTypes>DRB.PdcpSduVolumeDL</measTypes>",
        string values = "<measResults>1000</measResults>",
        string element = "managedElement",
        string dn = "ManagedElement=1")
    {
        var begin = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * period);
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <{root} xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec">
              <fileHeader vendorName="x"><fileSender localDn="{dn}"/><measCollec beginTime="{begin:yyyy-MM-ddTHH:mm:sszzz}"/></fileHeader>
              <measData><{element} localDn="{dn}"/>
                <measInfo><granPeriod duration="PT900S" endTime="{begin.AddMinutes(15):yyyy-MM-ddTHH:mm:sszzz}"/>{types}
                  <measValue measObjLdn="{Cell}">{values}</measValue>
                </measInfo>
              </measData>
            </{root}>
            """;
    }
}
