using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class CatVerbTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Rows_become_json_with_instants_nulls_and_what_is_no_number()
    {
        var path = Radio("radio.arrow", 3);
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("cat", path, "--format", "ndjson"), _command.Error));
        Assert.Equal(
            """
            {"event_ts":"2024-03-01T00:00:00+08:00","device":"设备 A","rsrp_dbm":-80.1,"sinr_db":0}
            {"event_ts":"2024-03-01T00:00:01+08:00","device":"B,\"x\"","rsrp_dbm":-81.1,"sinr_db":"NaN"}
            {"event_ts":"2024-03-01T00:00:02+08:00","device":null,"rsrp_dbm":-82.1,"sinr_db":"Infinity"}

            """,
            _command.Out);
    }

    [Fact]
    public async Task A_table_aligns_numbers_right_and_wide_characters()
    {
        var path = Radio("radio.arrow", 3);
        Assert.Equal(0, await _command.InvokeAsync("cat", path, "--columns", "device,rsrp_dbm,sinr_db"));
        Assert.Equal(
            """
            device  rsrp_dbm   sinr_db
            ──────  ────────  ────────
            设备 A     -80.1         0
            B,"x"      -81.1       NaN
                       -82.1  Infinity

            """,
            _command.Out);
    }

    [Fact]
    public async Task Csv_quotes_what_needs_it()
    {
        var path = Radio("radio.arrow", 3);
        Assert.Equal(0, await _command.InvokeAsync("cat", path, "--format", "csv", "--columns", "sinr_db,device"));
        Assert.Equal("sinr_db,device\n0,设备 A\nNaN,\"B,\"\"x\"\"\"\nInfinity,\n", _command.Out);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 100)]
    [InlineData(9, 3)]
    [InlineData(10, 20)]
    [InlineData(20, 1)]
    [InlineData(0, 0)]
    public async Task Offset_and_limit_count_rows_of_all_inputs(int offset, int limit)
    {
        Radio("a.arrow", 10);
        Radio("b.arrows", 10, IpcFormat.Stream);
        Assert.Equal(0, await _command.InvokeAsync(
            "cat", _command.Folder, "--format", "csv", "--columns", "rsrp_dbm", "--offset", $"{offset}", "--limit", $"{limit}"));
        var all = Enumerable.Range(0, 20).Select(static row => $"{-80.1f - (row % 10)}");
        var expected = all.Skip(offset).Take(limit).Prepend("rsrp_dbm").Select(static line => line + "\n");
        Assert.Equal(limit == 0 ? string.Empty : string.Concat(expected), _command.Out);
    }

    [Fact]
    public async Task A_stream_comes_from_standard_input()
    {
        _command.Input = RadioExport.Stream(9);
        Assert.Equal(0, await _command.InvokeAsync("cat", "-", "--format", "csv", "--columns", "rsrp_dbm", "--limit", "5"));
        Assert.Equal(6, _command.Out.Count(static c => c == '\n'));
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_told_with_the_nearest()
    {
        var path = Radio("radio.arrow", 3);
        Assert.Equal(3, await _command.InvokeAsync("cat", path, "--columns", "devise", "--out", "rows.txt"));
        Assert.Contains("There is no column 'devise' (", _command.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean device?", _command.Error, StringComparison.Ordinal);
        Assert.Equal(["radio.arrow"], Directory.EnumerateFileSystemEntries(_command.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--limit", "-1")]
    [InlineData("--offset", "x")]
    public async Task Impossible_row_numbers_are_usage_errors(string option, string value)
    {
        Assert.Equal(2, await _command.InvokeAsync("cat", "a.arrow", option, value));
        Assert.Contains($"'{value}'", _command.Error, StringComparison.Ordinal);
        Assert.Contains(option, _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_arrow_is_bad_data_and_what_is_not_there_is_not()
    {
        Assert.Equal(3, await _command.InvokeAsync("cat", _command.Write("a.csv", "a,b\n1,2\n")));
        Assert.Contains("text (CSV or JSON, perhaps)", _command.Error, StringComparison.Ordinal);
        Assert.Equal(6, await _command.InvokeAsync("cat", Path.Combine(_command.Folder, "gone.arrow")));
        Assert.Contains("gone.arrow", _command.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Nested_and_binary_values_are_shown()
    {
        var path = Shared.Require("arrow", "producers", "js.nested.stream.arrows");
        Assert.Equal(0, await _command.InvokeAsync("cat", path, "--format", "ndjson", "--limit", "3"));
        Assert.Equal(
            """
            {"st":null,"dec":0.000,"bin":""}
            {"st":{"a":1,"b":"a considerably longer free text note #1 — 测试 xxxxxxx"},"dec":0.001,"bin":"6120636f6e736964657261626c79206c6f6e67657220667265652074657874206e6f746520233120e2809420e6b58be8af952078787878787878"}
            {"st":{"a":2,"b":"短 ünï 2"},"dec":0.002,"bin":"e79fad20c3bc6ec3af2032"}

            """,
            _command.Out);
    }

    [SkippableFact]
    public async Task Lists_maps_tuples_and_wide_integers_are_shown()
    {
        var path = Shared.Require("arrow", "producers", "chcpp.lz4_frame.arrow");
        Assert.Equal(0, await _command.InvokeAsync(
            "cat", path, "--format", "ndjson", "--limit", "1", "--columns", "ts_us_sh,day,dec128,tags,tup,mp,u64,fs,online,kwh"));
        Assert.Equal(
            "{\"ts_us_sh\":\"2025-12-01T08:00:00.295000+08:00\",\"day\":\"2025-12-01\",\"dec128\":0.893000,\"tags\":[],"
            + "\"tup\":{\"1\":0,\"2\":\"\"},\"mp\":{\"k\":0},\"u64\":170155,\"fs\":\"504c414e54\",\"online\":true,\"kwh\":0.893}\n",
            _command.Out);
    }

    private string Radio(string name, int rows, IpcFormat format = IpcFormat.File)
    {
        var path = Path.Combine(_command.Folder, name);
        RadioExport.Write(path, rows, format: format);
        return path;
    }
}
