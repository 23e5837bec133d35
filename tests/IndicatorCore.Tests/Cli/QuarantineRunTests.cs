using System.Text.Json;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

/// <summary><c>run --quarantine</c> and <c>--on-bad skip</c> with the real engine.</summary>
public sealed class QuarantineRunTests : IDisposable
{
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("bad.csv")]
    [InlineData("bad.arrow")]
    [InlineData("bad.feather")]
    public async Task Quarantined_rows_are_written_beside_the_results_and_the_exit_code_stays_0(string name)
    {
        Export("energy-1.arrow", ExportBuilder.Energy().Row("2024-03-01 08:00", 1).Row(null, 2));
        Assert.Equal(
            (0, string.Empty),
            (await _command.InvokeAsync("run", In("energy-1.arrow"), "--select", "energy_kwh", "--quarantine", name, "--manifest", "m.json"), _command.Error));
        Assert.Equal(new[] { name, "energy-1.arrow", "m.json" }.Order(), Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName).Order());
        if (name.EndsWith(".csv", StringComparison.Ordinal))
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(_command.Folder, name));
            Assert.EndsWith("energy-1.arrow,energy,0,1,MISSING_TIME,,,2", lines[1], StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(1, IpcReading.File(await File.ReadAllBytesAsync(Path.Combine(_command.Folder, name))).Batches.Single().Rows);
        }

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_command.Folder, "m.json")));
        Assert.Equal(1, manifest.RootElement.GetProperty("inputs")[0].GetProperty("quarantined").GetProperty("MISSING_TIME").GetInt64());
    }

    [Theory]
    [InlineData("bad.txt", "names no format")]
    [InlineData("bad", "names no format")]
    [InlineData("-", "names no format")]
    [InlineData("r.csv", "different files")]
    public async Task A_quarantine_file_without_a_format_of_its_own_is_a_usage_error(string name, string problem)
    {
        Export("energy-1.arrow", ExportBuilder.Energy().Row(null, 2));
        Assert.Equal(2, await _command.InvokeAsync("run", In("energy-1.arrow"), "--quarantine", name, "--out", "r.csv", "--format", "csv"));
        Assert.Contains(problem, _command.Error, StringComparison.Ordinal);
        Assert.Equal(["energy-1.arrow"], Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_old_file_and_no_other()
    {
        Export("energy-1.arrow", ExportBuilder.Energy().Row(null, 2));
        _command.Write("energy-2.arrow", "no Arrow");
        _command.Write("bad.csv", "old");
        Assert.Equal(3, await _command.InvokeAsync("run", In("energy-1.arrow"), In("energy-2.arrow"), "--quarantine", "bad.csv", "--out", "r.txt"));
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(_command.Folder, "bad.csv")));
        Assert.Equal(["bad.csv", "energy-1.arrow", "energy-2.arrow"], Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(6, await _command.InvokeAsync("run", In("energy-1.arrow"), "--quarantine", "nowhere/bad.csv"));
    }

    [Fact]
    public async Task A_dry_run_writes_no_quarantine_file()
    {
        Export("energy-1.arrow", ExportBuilder.Energy().Row(null, 2));
        Assert.Equal(0, await _command.InvokeAsync("run", In("energy-1.arrow"), "--select", "energy_kwh", "--quarantine", "bad.csv", "--dry-run"));
        Assert.Equal(["energy-1.arrow"], Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Skipped_inputs_end_with_4_a_closing_line_and_a_manifest_that_lists_them()
    {
        Export("energy-1.arrow", ExportBuilder.Energy().Row("2024-03-01 08:00", 1));
        _command.Write("energy-2.arrow", "no Arrow");
        Assert.Equal(4, await _command.InvokeAsync("run", _command.Folder, "--select", "energy_kwh", "--on-bad", "skip", "--format", "json"));
        Assert.EndsWith(
            "\nskipped 1 of 2 inputs and 0 batches of others, 0 rows or more: no figure counts them, the manifest lists them\n",
            _command.Error,
            StringComparison.Ordinal);
        using var document = JsonDocument.Parse(_command.Out);
        var manifest = document.RootElement.GetProperty("manifest");
        Assert.Equal("needed", manifest.GetProperty("columns_judged").GetString());
        Assert.Equal("""[{"table":null,"inputs":1,"batches":0,"rows":0}]""", manifest.GetProperty("skipped").GetRawText());
        var part = manifest.GetProperty("inputs")[1].GetProperty("skipped")[0];
        Assert.Equal("MALFORMED", part.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, part.GetProperty("batch").ValueKind);
        Assert.Contains("energy-2.arrow", part.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["interval_start", "kwh"], manifest.GetProperty("inputs")[0].GetProperty("columns").EnumerateArray().Select(static name => name.GetString()));

        Assert.Equal((4, string.Empty), (await _command.InvokeAsync("run", _command.Folder, "--on-bad", "skip", "--quiet"), _command.Error));
    }

    [Fact]
    public async Task Where_every_input_is_skipped_the_results_say_so_and_the_code_is_4()
    {
        _command.Write("energy-1.arrow", "no Arrow");
        Assert.Equal(4, await _command.InvokeAsync("run", _command.Folder, "--select", "energy_kwh", "--on-bad", "skip", "--format", "ndjson", "--quarantine", "bad.csv"));
        Assert.Contains("\"status\":\"NOT_AVAILABLE\"", _command.Out, StringComparison.Ordinal);
        Assert.Contains("INPUT_SKIPPED", _command.Out, StringComparison.Ordinal);
        Assert.Equal("\uFEFFinput,table,batch,row,reason,event_time\r\n", System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(_command.Folder, "bad.csv"))));
    }

    [Fact]
    public async Task The_memory_budget_ends_a_run_with_6_also_where_bad_inputs_are_skipped()
    {
        var cells = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m");
        for (var i = 0; i < 5_000; i++)
        {
            cells.Row("2024-03-01 08:00", -80, 10, i * 10, 5);
        }

        Export("radio-1.arrow", cells);
        Assert.Equal(6, await _command.InvokeAsync("run", In("radio-1.arrow"), "--on-bad", "skip", "--memory", "300kB", "--quarantine", "bad.csv"));
        Assert.Equal(["radio-1.arrow"], Directory.EnumerateFiles(_command.Folder).Select(Path.GetFileName));
    }

    private string In(string name) => Path.Combine(_command.Folder, name);

    private void Export(string name, ExportBuilder export) => File.WriteAllBytes(Path.Combine(_command.Folder, name), export.ToBytes());
}
