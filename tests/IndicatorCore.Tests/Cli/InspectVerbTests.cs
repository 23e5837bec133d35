using System.Text.Json;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class InspectVerbTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData(IpcFormat.File, "file")]
    [InlineData(IpcFormat.Stream, "stream")]
    public async Task An_input_is_described_with_its_table_and_time_range(IpcFormat format, string container)
    {
        var path = Path.Combine(_command.Folder, "radio.arrow");
        RadioExport.Write(path, 10, format: format);
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("inspect", path), _command.Error));
        Assert.Contains($"Arrow {container}, ", _command.Out, StringComparison.Ordinal);
        Assert.Contains("10 rows in 3 batches", _command.Out, StringComparison.Ordinal);
        Assert.Contains("table radio, feeds radio\n", _command.Out, StringComparison.Ordinal);
        Assert.Contains("time 2024-03-01T00:00:00+08:00 to 2024-03-01T00:00:09+08:00 (event_ts)", _command.Out, StringComparison.Ordinal);
        Assert.Contains("optional columns not there: cell, rat, x_m", _command.Out, StringComparison.Ordinal);
        Assert.Contains("can feed: cov_sample", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_says_what_is_fed_and_what_is_missing()
    {
        RadioExport.Write(Path.Combine(_command.Folder, "radio.arrow"), 10);
        Assert.Equal(0, await _command.InvokeAsync("inspect", _command.Folder, "--format", "json"));
        using var document = JsonDocument.Parse(_command.Out);
        var input = Assert.Single(document.RootElement.GetProperty("inputs").EnumerateArray());
        Assert.Equal("radio", input.GetProperty("table").GetString());
        Assert.True(input.GetProperty("columns")[0].GetProperty("stored_bytes").GetInt64() > 0);
        Assert.Equal("2024-03-01T00:00:09+08:00", input.GetProperty("time_range").GetProperty("last").GetString());
        var indicators = document.RootElement.GetProperty("indicators").EnumerateArray().ToDictionary(static one => one.GetProperty("id").GetString()!);
        Assert.True(indicators["cov_sample"].GetProperty("fed").GetBoolean());
        Assert.False(indicators["eff_gain"].GetProperty("fed").GetBoolean());
        Assert.NotEqual(0, indicators["eff_gain"].GetProperty("missing").GetArrayLength());
    }

    [Fact]
    public async Task Full_counts_every_column()
    {
        var path = Path.Combine(_command.Folder, "radio.arrow");
        RadioExport.Write(path, 10);
        Assert.Equal(0, await _command.InvokeAsync("inspect", "--full", path, "--format", "json"));
        using var document = JsonDocument.Parse(_command.Out);
        var columns = document.RootElement.GetProperty("inputs")[0].GetProperty("columns");
        var device = columns[1];
        Assert.Equal((10, 3, 2), (device.GetProperty("count").GetInt32(), device.GetProperty("nulls").GetInt32(), device.GetProperty("distinct").GetInt32()));
        Assert.Equal(("B,\"x\"", "设备 A"), (device.GetProperty("min").GetString(), device.GetProperty("max").GetString()));
        Assert.Equal("-89.1", columns[2].GetProperty("min").GetRawText());
        Assert.Equal(1, columns[3].GetProperty("nan").GetInt32());
        Assert.Equal("0", columns[3].GetProperty("min").GetRawText());
        Assert.Equal("Infinity", columns[3].GetProperty("max").GetString());
        Assert.Equal(0, await _command.InvokeAsync("inspect", "--full", path));
        Assert.Contains("distinct", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_column_is_found_by_full_alone()
    {
        var path = Path.Combine(_command.Folder, "radio.arrow");
        RadioExport.Write(path, 1000, rowsPerBatch: 1000);
        var bytes = await File.ReadAllBytesAsync(path);
        using (var file = IpcFileReader.Open(path))
        {
            var (offset, length) = file.NeededRanges(0, Projection.Of(file.Schema, [3]))[^1];
            bytes[offset + (length / 2)] ^= 0x55;
        }

        await File.WriteAllBytesAsync(path, bytes);
        Assert.Equal(0, await _command.InvokeAsync("inspect", path));
        Assert.Equal(3, await _command.InvokeAsync("inspect", "--full", path));
        Assert.Contains("column sinr_db, batch 0", _command.Error, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task An_input_without_a_table_is_shown_with_the_reason()
    {
        var profile = _command.Write("s.json", """{"table": "production"}""");
        var path = Path.Combine(_command.Folder, "x.arrow");
        RadioExport.Write(path, 1);
        Assert.Equal(0, await _command.InvokeAsync("inspect", path, "--source", profile));
        Assert.Contains("table production, feeds nothing", _command.Out, StringComparison.Ordinal);
        Assert.Contains("problem: The required column 'interval_start' is missing", _command.Out, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_compression_that_is_not_read_is_a_problem_shown_and_an_error_under_full()
    {
        var path = Shared.Require("arrow", "producers", "chcpp.zstd.arrow");
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("inspect", path), _command.Error));
        Assert.Contains("compression zstd", _command.Out, StringComparison.Ordinal);
        Assert.Contains("problem: A needed column is compressed with codec ZSTD", _command.Out, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync("inspect", "--full", path));
    }
}
