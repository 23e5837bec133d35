using System.Text;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Errors;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>CSV inputs that are not what they should be.</summary>
[Collection(nameof(Alone))]
public sealed class CsvFaultTests : IDisposable
{
    private const string Heading = "event_ts,rsrp_dbm,sinr_db\n";
    private const string Row = "2024-03-01 08:00:00,-80,10\n";
    private const string Profile = """{"table": "radio", "zone": "Asia/Shanghai", "columns": {"event_ts": {"format": "yyyy-MM-dd HH:mm:ss"}}}""";
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("open quote", 3, "The line has more than 16777216 bytes (", "row 3). A quoted field may never be closed")]
    [InlineData("open quote at the end", 3, "A quoted field is never closed (", "row 3)")]
    [InlineData("long line", 3, "The line has more than 16777216 bytes (", "row 3)")]
    [InlineData("long heading", 3, "The line has more than 16777216 bytes (", "row 1)")]
    [InlineData("empty", 3, "The file is empty (", "Its first line names the columns")]
    [InlineData("zeros", 3, "The table radio needs event_ts", "Known here: ")]
    [InlineData("not UTF-8", 3, "The text is not UTF-8 (", "Declare the \"encoding\"")]
    public async Task What_is_no_CSV_is_told_in_bounded_memory_and_time(string content, int code, string message, string place)
    {
        var csv = Written(content);
        var profile = _command.Write("s.json", Profile);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(code, await _command.InvokeAsync("import", "csv", csv, "--source", profile, "--out", "o.arrow"));
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
        Assert.Contains(place, _command.Error, StringComparison.Ordinal);
        Assert.Equal(1, _command.Error.AsSpan().Count('\n'));
        Assert.InRange(_command.Error.Length, 1, 20_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400_000_000);
        Assert.Equal(["radio.csv", "s.json"], Directory.EnumerateFileSystemEntries(_command.Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("lone returns")]
    [InlineData("mixed ends")]
    [InlineData("no last end")]
    [InlineData("with a mark")]
    public async Task Any_line_ends_give_the_same_rows(string content)
    {
        var csv = Written(content);
        var arrow = Path.Combine(_command.Folder, "radio.arrow");
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("import", "csv", csv, "--source", _command.Write("s.json", Profile), "--out", arrow), _command.Error));
        var row = Reports.OfFiles(Reports.NoFloor, arrow).Row("cov_sample");
        Assert.Equal(("3/3", 3L), (row.Fraction(), row.Evidence!.Received));
    }

    [Fact]
    public async Task A_cell_with_a_zero_byte_is_quarantined_and_the_others_count()
    {
        var csv = _command.Write("radio.csv", Heading + Row + "2024-03-01 08:00:01,-8\0,10\n" + Row);
        var arrow = Path.Combine(_command.Folder, "radio.arrow");
        Assert.Equal(0, await _command.InvokeAsync("import", "csv", csv, "--source", _command.Write("s.json", Profile), "--out", arrow));
        Assert.Contains("UNPARSEABLE 1", _command.Out, StringComparison.Ordinal);
        Assert.Equal("2/2", Reports.OfFiles(Reports.NoFloor, arrow).Row("cov_sample").Fraction());
    }

    [Fact]
    public void An_input_that_changes_between_its_two_readings_is_refused_and_nothing_is_written()
    {
        var csv = _command.Write("radio.csv", Heading + string.Concat(Enumerable.Repeat(Row, 10_000)));
        var output = _command.Write("radio.arrow", "old");
        var change = new OnFirst(() => File.AppendAllText(csv, Row));
        var fault = Assert.Throws<InputChangedException>(() => CsvImporter.Import([csv], output, SourceProfile.Parse(Profile, "s"), progress: change));
        Assert.Equal(csv, fault.Location.File);
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Equal(2, Directory.GetFileSystemEntries(_command.Folder).Length);
    }

    [Fact]
    public void Of_several_tables_none_is_written_when_the_last_fails()
    {
        var good = _command.Write("radio-1.csv", Heading + Row);
        var bad = _command.Write("energy-1.csv", "interval_start,kwh\n2024-03-01 08:00:00,\"1\n");
        var folder = Path.Combine(_command.Folder, "out");
        var profile = SourceProfile.Parse("""{"zone": "Asia/Shanghai", "columns": {"event_ts": {"format": "yyyy-MM-dd HH:mm:ss"}}}""", "s");
        Assert.Throws<ConfigurationException>(() => CsvImporter.Import([good, bad], folder, profile));
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : []);
    }

    [SkippableFact]
    public void What_can_be_read_only_once_cannot_be_imported()
    {
        Child.Require();
        _command.Write("s.json", Profile);
        Child.Fails(
            _command.Folder, 6, "is a pipe; an import reads its input twice, so give a file",
            $"indicators import csv <(printf '{Heading.TrimEnd()}') --source s.json --out o.arrow");
        Child.Fails(_command.Folder, 6, "'/dev/null' is a device", "indicators import csv /dev/null --source s.json --out o.arrow");
        Child.Fails(_command.Folder, 6, "'/dev/zero' is a device", "indicators import csv /dev/zero --source s.json --out o.arrow");
        Child.Fails(_command.Folder, 6, "holds no *.csv", "mkdir d; indicators import csv d --source s.json --out o.arrow");
        Child.Fails(_command.Folder, 6, "does not exist", "indicators import csv missing.csv --source s.json --out o.arrow");
    }

    private string Written(string content)
    {
        var rows = string.Concat(Enumerable.Repeat(Row, 3));
        var text = content switch
        {
            "open quote" => Heading + Row + "\"" + Row + string.Concat(Enumerable.Repeat(Row, 1_500_000)),
            "open quote at the end" => Heading + Row + "2024-03-01 08:00:00,\"-80,10\n",
            "long line" => Heading + Row + new string('a', 100_000_000) + "\n" + Row,
            "long heading" => new string('a', 100_000_000),
            "empty" => string.Empty,
            "zeros" => new string('\0', 100_000),
            "lone returns" => (Heading + rows).Replace('\n', '\r'),
            "mixed ends" => Heading.Replace("\n", "\r\n", StringComparison.Ordinal) + Row + Row.Replace('\n', '\r') + Row,
            "no last end" => (Heading + rows).TrimEnd(),
            "with a mark" => "\uFEFF" + Heading + rows,
            _ => Heading.Replace("\n", ",note\n", StringComparison.Ordinal) + "2024-03-01 08:00:00,-80,10,\u00ff\n",
        };
        var path = Path.Combine(_command.Folder, "radio.csv");
        File.WriteAllBytes(path, content == "not UTF-8" ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text));
        return path;
    }

    private sealed class OnFirst(Action action) : IProgress<CsvImportProgress>
    {
        private Action? _action = action;

        public void Report(CsvImportProgress value) => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
