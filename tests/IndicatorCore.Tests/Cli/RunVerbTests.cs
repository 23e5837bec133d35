using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class RunVerbTests : IDisposable
{
    private readonly CommandRun _command = new();

    private IndicatorQuery Query => _command.Engine.Query!;

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Options_become_the_query()
    {
        var code = await _command.InvokeAsync(
            "run", "a.arrow", "b*.arrow", "--by", "city,industry", "--by", "factory", "--window", "month", "--as-of", "2024-06-30",
            "--tz", "UTC", "--from", "2024-01-01", "--to", "2024-06-01T00:00:00+08:00", "--select", "knr,cov_grid", "--select", "lat",
            "--where", "factory=F001", "--where", "note=a=b", "--dedup", "rows", "--on-bad", "skip", "--threads", "3", "--memory", "2GB",
            "--profile", "test-no-floor", "--baseline", "2023-01-01..2023-02-01", "--after", "2024-01-01..2024-02-01");
        Assert.Equal((0, string.Empty), (code, _command.Error));
        Assert.Equal(["a.arrow", "b*.arrow"], _command.Engine.Paths);
        Assert.Equal(["city,industry", "factory"], Query.GroupBy);
        Assert.Equal(Window.Month, Query.Window);
        Assert.Equal(new DateTimeOffset(2024, 6, 30, 0, 0, 0, TimeSpan.Zero), Query.AsOf);
        Assert.Equal("UTC", Query.TimeZone);
        Assert.Equal(new DateOnly(2024, 1, 1), Query.From!.Value.Date);
        Assert.Equal(TimeSpan.FromHours(8), Query.To!.Value.Instant!.Value.Offset);
        Assert.Equal(["knr", "cov_grid", "lat"], Query.Select);
        Assert.Equal([KeyValuePair.Create("factory", "F001"), KeyValuePair.Create("note", "a=b")], Query.Where);
        Assert.Equal((DedupPolicy.Rows, OnBad.Skip), (Query.Dedup, Query.OnBad));
        Assert.Equal((3, 2_000_000_000L), (Query.Threads, Query.MemoryBudget));
        Assert.Equal("test-no-floor", Query.Profile.Name);
        Assert.Equal(new DateOnly(2023, 2, 1), Query.Baseline!.Value.To.Date);
        Assert.Equal(new DateOnly(2024, 1, 1), Query.After!.Value.From.Date);
    }

    [Fact]
    public async Task Every_word_of_window_dedup_and_on_bad_means_the_value_of_its_name()
    {
        foreach (var window in Enum.GetNames<Window>())
        {
            Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--window", window.ToLowerInvariant()));
            Assert.Equal(window, Query.Window.ToString());
        }

        foreach (var dedup in Enum.GetNames<DedupPolicy>())
        {
            Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--dedup", dedup.ToLowerInvariant()));
            Assert.Equal(dedup, Query.Dedup.ToString());
        }

        foreach (var onBad in Enum.GetNames<OnBad>())
        {
            Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--on-bad", onBad.ToLowerInvariant()));
            Assert.Equal(onBad, Query.OnBad.ToString());
        }
    }

    [Fact]
    public async Task Defaults_are_those_of_the_library()
    {
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Equal(new IndicatorQuery { GroupBy = Query.GroupBy, Select = Query.Select, Where = Query.Where }, Query);
        Assert.Empty(Query.GroupBy);
        Assert.StartsWith("factory", _command.Out, StringComparison.Ordinal);   // a table, also when piped
    }

    [Theory]
    [InlineData("json", "{\"manifest\":{")]
    [InlineData("ndjson", "{\"indicator\":")]
    [InlineData("csv", "indicator,definition,factory,")]
    [InlineData("markdown", "| factory | ")]
    [InlineData("table", "factory  ")]
    public async Task Every_format_is_written(string format, string start)
    {
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--format", format));
        Assert.StartsWith(start, _command.Out, StringComparison.Ordinal);
        Assert.EndsWith("\n", _command.Out, StringComparison.Ordinal);
        Assert.Empty(_command.Error);
    }

    [Fact]
    public async Task A_stream_is_read_from_standard_input()
    {
        _command.Input = Encoding.ASCII.GetBytes("stream");
        Assert.Equal(0, await _command.InvokeAsync("run", "-", "a.arrow"));
        Assert.Equal(["a.arrow"], _command.Engine.Paths);
        Assert.Equal("stream", Encoding.ASCII.GetString(_command.Engine.Streamed!));
    }

    [Fact]
    public async Task An_output_file_appears_whole_beside_the_manifest()
    {
        var before = _command.Write("r.json", "old");
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--format", "json", "--out", "r.json", "--manifest", "m.json"));
        Assert.Empty(_command.Out);
        Assert.StartsWith("{\"manifest\":", await File.ReadAllTextAsync(before), StringComparison.Ordinal);
        Assert.StartsWith("{\"engine_version\":", await File.ReadAllTextAsync(Path.Combine(_command.Folder, "m.json")), StringComparison.Ordinal);
        Assert.Equal(["m.json", "r.json"], Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        var old = _command.Write("r.json", "old");
        _command.Engine = new FakeRun { Report = SampleReport.Whole with { Rows = [null!] } };
        Assert.Equal(6, await _command.InvokeAsync("run", "a.arrow", "--format", "json", "--out", "r.json"));
        Assert.Equal("old", await File.ReadAllTextAsync(old));
        Assert.Equal(["r.json"], Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_told_before_the_work()
    {
        Assert.Equal(6, await _command.InvokeAsync("run", "a.arrow", "--out", "missing/r.json"));
        Assert.Contains("does not exist; create it first", _command.Error, StringComparison.Ordinal);
        Assert.Equal(6, await _command.InvokeAsync("run", "a.arrow", "--out", "."));
        Assert.Empty(_command.Engine.Paths);
    }

    [Fact]
    public async Task Skipped_input_ends_with_4_and_is_listed()
    {
        var manifest = SampleReport.Whole.Manifest with { Inputs = [new ManifestInput { Name = "b.arrow", Skipped = [new SkippedPart { Reason = "TRUNCATED", Message = "b.arrow: cut off" }] }] };
        _command.Engine = new FakeRun { Report = SampleReport.Whole with { Manifest = manifest } };
        Assert.Equal(4, await _command.InvokeAsync("run", "b.arrow", "--on-bad", "skip"));
        Assert.Equal(
            "skipped: b.arrow: cut off\n"
            + "skipped 1 of 1 inputs and 0 batches of others, 0 rows or more: no figure counts them, the manifest lists them\n",
            _command.Error);
        Assert.Contains("PUBLISHED", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_skipped_parts_the_first_are_told_and_all_are_counted()
    {
        var parts = Enumerable.Range(0, 1_234).Select(static i => new SkippedPart { Reason = "CHECKSUM", Message = $"batch {i}", Batch = i, Batches = 1, Rows = 10 }).ToList();
        var manifest = SampleReport.Whole.Manifest with { Inputs = [new ManifestInput { Name = "a.arrow" }, new ManifestInput { Name = "b.arrow", Skipped = parts }] };
        _command.Engine = new FakeRun { Report = SampleReport.Whole with { Manifest = manifest } };
        Assert.Equal(4, await _command.InvokeAsync("run", "b.arrow", "--on-bad", "skip"));
        var lines = _command.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(22, lines.Length);
        Assert.Equal("skipped: and 1,214 more", lines[20]);
        Assert.Equal("skipped 0 of 2 inputs and 1,234 batches of others, 12,340 rows: no figure counts them, the manifest lists them", lines[21]);
    }

    [Fact]
    public async Task Progress_and_colour_need_a_terminal()
    {
        _command.Width = 100;
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Contains("\r1,000,000 rows  20.0 MiB", _command.Error, StringComparison.Ordinal);
        Assert.Contains("  25 %  ", _command.Error, StringComparison.Ordinal);
        Assert.Contains("3,261 rows, 2.0 KiB read in ", _command.Error, StringComparison.Ordinal);
        Assert.Contains('\e', _command.Out);

        _command.Variables["NO_COLOR"] = "1";
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--quiet"));
        Assert.Empty(_command.Error);
        Assert.DoesNotContain('\e', _command.Out);
    }

    [SkippableFact]
    public async Task A_device_is_written_to_and_never_replaced()
    {
        Skip.IfNot(File.Exists("/dev/null"), "There is no /dev/null here.");
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--out", "/dev/null"));
        Assert.Empty(await File.ReadAllBytesAsync("/dev/null"));
    }
}
