using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Tests.Indicators;

namespace IndicatorCore.Tests.Adapters.Results;

public sealed class StreamedRowsTests
{
    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("json")]
    public void Rows_of_tables_are_written_while_they_are_made(string format)
    {
        string?[][] groups = [.. Enumerable.Range(0, 2_000).Select(static i => new[] { $"L{i:0000}" })];
        var definition = new TabledDefinition("t", ["t.a", "t.b"], [], TabledDefinition.Shape(["line"], groups, [(0, 1), (1, 2)]));
        var report = ReportBuilderTests.Report(["line"], [], definition);
        IResultWriter writer = format switch
        {
            "csv" => new CsvResultWriter(),
            "json" => new JsonResultWriter(),
            _ => new NdjsonResultWriter(),
        };
        _ = report.Manifest.RowDigest;   // stands ahead of the rows in JSON

        // CSV needs one look at the rows for its header
        var before = definition.Made + (format == "csv" ? report.Rows.Count : 0);
        using var output = new NotingStream(() => definition.Made);
        writer.Write(report, output);

        Assert.InRange(output.Notes[0] - before, 1, report.Rows.Count / 4);
        Assert.True(output.Notes.Count > 8);
        Assert.Equal(before + report.Rows.Count, definition.Made);
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(report.Rows.Count, text.Split('\n').Count(static line => line.Contains("L0", StringComparison.Ordinal) || line.Contains("L1", StringComparison.Ordinal)));
    }

    private sealed class NotingStream(Func<int> note) : MemoryStream
    {
        public List<int> Notes { get; } = [];

        public override void Write(byte[] buffer, int offset, int count)
        {
            Notes.Add(note());
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Notes.Add(note());
            base.Write(buffer);
        }
    }
}
