using System.Text.Json.Nodes;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Results;

public sealed class ArrowResultWriterTests
{
    [Fact]
    public void Every_field_of_a_row_has_the_column_of_CSV_and_its_type()
    {
        var (schema, batches) = IpcReading.File(Bytes(SampleReport.Whole));
        Assert.Equal(Csv(SampleReport.Whole)[0], string.Join(',', schema.Fields.Select(static field => field.Name)));
        var types = schema.Fields.ToDictionary(static field => field.Name, static field => $"{field.Type}{(field.Dictionary is null ? string.Empty : " dictionary")}");
        Assert.Equal(
            ["utf8 dictionary", "utf8 dictionary", "timestamp[ns, Asia/Shanghai]", "float64", "utf8", "int64", "timestamp[ns, Asia/Shanghai]", "float64", "int64", "utf8 dictionary", "int64"],
            new[] { "indicator", "factory", "window_start", "value", "numerator", "evidence_n_received", "evidence_baseline_start", "evidence_matched_share_base", "evidence_n_days_base", "evidence_evidence_ids", "revision" }
                .Select(name => types[name]));
        Assert.Equal(SampleReport.Whole.Manifest.RowDigest, schema.Meta("row_digest"));

        var batch = Assert.Single(batches);
        Assert.Equal(SampleReport.Whole.Rows.Count, batch.Rows);
        var phases = SampleReport.Whole.Rows.Index().First(static row => row.Item.Indicator == "eff_gain").Index;
        Assert.Equal(
            ["12345678901234567890.123", "9007199254740993", "0.1", "FUTURE=2;UNPARSEABLE=1", "E-1;E-2", "12.5", "2", "NO_SEASON_MATCH;SIMPSON"],
            new[] { "numerator", "denominator", "value", "evidence_n_quarantined", "evidence_evidence_ids", "evidence_expected", "revision", "flags" }
                .Select(name => Cell(name, phases)));
        Assert.Equal(["null", "null", "null", "null"], new[] { "factory", "value", "window_start", "evidence_n_received" }.Select(name => Cell(name, 0)));

        string Cell(string name, int row) => batch.Columns[schema.Fields.Index().First(field => field.Item.Name == name).Index]![row].Trim('\'');
    }

    [Fact]
    public void Many_rows_are_several_batches_with_one_dictionary_and_none_are_a_schema()
    {
        var rows = Enumerable.Range(0, 70_000).Select(static i => SampleReport.Contract with { Group = [KeyValuePair.Create("factory", (string?)$"F{i}")], Value = i }).ToList();
        var (schema, batches) = IpcReading.File(Bytes(SampleReport.Of(rows)));
        Assert.Equal([65_536, 70_000 - 65_536], batches.Select(static batch => batch.Rows));
        Assert.Equal("69999", batches[1].Columns[5]![^1]);
        Assert.Equal(schema.Fields.Count, IpcReading.File(Bytes(SampleReport.Of())).Schema.Fields.Count + 1);
    }

    [Fact]
    public void Evidence_of_several_types_under_one_name_is_text()
    {
        IndicatorRow Of(EvidenceValue value) => SampleReport.Contract with { Evidence = new Evidence { Additional = [KeyValuePair.Create("alpha", value)] } };
        var report = SampleReport.Of(Of(new EvidenceValue { Number = 0.5 }), Of(new EvidenceValue { Count = 3 }), SampleReport.Contract);
        var (schema, batches) = IpcReading.File(Bytes(report));
        Assert.Equal("evidence_alpha", schema.Fields[^1].Name);
        Assert.Equal(["0.5", "3", "null"], batches[0].Columns[^1]!.Select(static cell => cell.Trim('\'')));
    }

    [Fact]
    public void Empty_evidence_is_null_of_the_type_that_others_have()
    {
        IndicatorRow Of(params (string, EvidenceValue)[] values) =>
            SampleReport.Contract with { Evidence = new Evidence { Additional = [.. values.Select(static value => KeyValuePair.Create(value.Item1, value.Item2))] } };
        var (schema, batches) = IpcReading.File(Bytes(SampleReport.Of(Of(("alpha", default), ("n_lost", default)), Of(("alpha", new EvidenceValue { Number = 0.5 })))));
        Assert.Equal(["float64", "utf8"], schema.Fields.TakeLast(2).Select(static field => field.Type.ToString()));
        Assert.Equal(["null", "0.5"], batches[0].Columns[^2]!);
        Assert.Equal(["null", "null"], batches[0].Columns[^1]!);
    }

    [Trait("Category", "Foreign")]
    [SkippableFact]
    public void Another_reader_sees_the_cells_of_CSV()
    {
        var lines = ForeignReader.Read(Bytes(SampleReport.Whole));
        var names = lines[0]["schema"]!["fields"]!.AsArray().Select(static field => (string)field!["name"]!).ToList();
        Assert.Equal("Dictionary<Int32, Utf8>", (string?)lines[0]["schema"]!["fields"]![0]!["type"]);
        var columns = lines[1]["batch"]!.AsArray();
        var csv = Csv(SampleReport.Whole);
        for (var row = 0; row < SampleReport.Whole.Rows.Count; row++)
        {
            foreach (var name in new[] { "indicator", "definition", "unit", "numerator", "denominator", "status", "reason", "flags", "evidence_n_received", "evidence_expected", "value", "low", "high" })
            {
                var seen = columns[names.IndexOf(name)]!.AsArray()[row];
                var expected = csv[row + 1].Replace("\"沈阳\"\"一\"\"厂, 𠮷\"", "X", StringComparison.Ordinal).Split(',')[names.IndexOf(name)];
                Assert.Equal(expected, seen is null ? string.Empty : seen is JsonValue value ? value.ToString() : seen.ToJsonString());
            }
        }

        Assert.Equal($"{SampleReport.March}", (string?)columns[names.IndexOf("window_start")]!.AsArray()[1]);
        Assert.Equal("沈阳\"一\"厂, 𠮷", (string?)columns[names.IndexOf("factory")]!.AsArray()[2]);
    }

    private static byte[] Bytes(IndicatorReport report) => Written(new ArrowResultWriter(), report);

    private static string[] Csv(IndicatorReport report) => System.Text.Encoding.UTF8.GetString(Written(new CsvResultWriter(), report)).Split('\n');

    private static byte[] Written(IResultWriter writer, IndicatorReport report)
    {
        using var output = new MemoryStream();
        writer.Write(report, output);
        return output.ToArray();
    }
}
