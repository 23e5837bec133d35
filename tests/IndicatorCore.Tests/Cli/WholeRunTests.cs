using System.Text.Json;

namespace IndicatorCore.Tests.Cli;

/// <summary>Verbs one after another with the real engine.</summary>
public sealed class WholeRunTests : IDisposable
{
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    private string Dump => Path.Combine(_command.Folder, "dump");

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task What_generate_writes_run_computes_alike_with_any_number_of_threads()
    {
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("generate", "--out", Dump, "--rows", "12k", "--factories", "2"), _command.Error));
        Assert.Contains("exact answers: ", _command.Out, StringComparison.Ordinal);
        string[] run = ["run", Dump, "--registry", Path.Combine(Dump, "registry"), "--by", "factory", "--format", "json"];
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync([.. run, "--threads", "1"]), _command.Error));
        var first = Digest(_command.Out);
        Assert.Equal(0, await _command.InvokeAsync([.. run, "--threads", "3"]));
        Assert.Equal(first, Digest(_command.Out));
    }

    [Fact]
    public async Task Impossible_generations_are_usage_errors()
    {
        Assert.Equal(2, await _command.InvokeAsync("generate", "--rows", "10"));
        Assert.Equal(2, await _command.InvokeAsync("generate", "--out", Dump, "--rows", "ten"));
        Assert.Equal(2, await _command.InvokeAsync("generate", "--out", Dump, "--days", "0"));
        Assert.False(Directory.Exists(Dump));
    }

    [Fact]
    public async Task A_dry_run_computes_nothing_and_explains_what_would_be()
    {
        RadioExport.Write(Path.Combine(_command.Folder, "radio.arrow"), 10);
        string[] run = ["run", _command.Folder, "--select", "cov_sample,eff_gain", "--out", "r.txt"];
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync([.. run, "--dry-run"]), _command.Error));
        Assert.Contains("radio.arrow: table radio, feeds radio, 10 rows in 3 batches", _command.Out, StringComparison.Ordinal);
        Assert.Contains("cov_sample@1 ", _command.Out, StringComparison.Ordinal);
        Assert.Contains("missing: production: ", _command.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_command.Folder, "r.txt")));
        Assert.Equal(0, await _command.InvokeAsync([.. run, "--explain"]));
        Assert.Contains("cov_sample@1 ", _command.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_command.Folder, "r.txt")));
    }

    [Fact]
    public async Task A_dry_run_of_inputs_that_run_would_refuse_ends_with_3()
    {
        var profile = _command.Write("s.json", """{"table": "production"}""");
        RadioExport.Write(Path.Combine(_command.Folder, "x.arrow"), 10);
        Assert.Equal(3, await _command.InvokeAsync("run", _command.Folder, "--source", profile, "--dry-run"));
        Assert.Contains("problem: ", _command.Out, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync("run", _command.Folder, "--source", profile));
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task Csv_is_imported_with_its_profile_and_then_run_without()
    {
        var csv = _command.Write("drive.csv", "time,rsrp,sinr\n2024-03-01 08:00:00,-80,10\n2024-03-01 08:00:01,-120,-9\n");
        var profile = _command.Write(
            "s.json",
            """
            {"table": "radio", "zone": "Asia/Shanghai", "columns": {"event_ts": {"from": "time", "format": "yyyy-MM-dd HH:mm:ss"},
             "rsrp_dbm": {"from": "rsrp"}, "sinr_db": {"from": "sinr"}}}
            """);
        var arrow = Path.Combine(_command.Folder, "drive.arrow");
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync("import", "csv", csv, "--source", profile, "--out", arrow), _command.Error));
        Assert.Contains("radio", _command.Out, StringComparison.Ordinal);
        Assert.Equal(
            (0, string.Empty),
            (await _command.InvokeAsync("run", arrow, "--select", "cov_sample", "--profile", "test-no-floor", "--format", "ndjson"), _command.Error));
        Assert.Contains("\"numerator\":1,\"denominator\":2,", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_on_standard_input_is_computed()
    {
        _command.Input = RadioExport.Stream(10);
        var profile = _command.Write("s.json", """{"table": "radio"}""");
        Assert.Equal(
            (0, string.Empty),
            (await _command.InvokeAsync("run", "-", "--source", profile, "--select", "cov_sample", "--format", "json"), _command.Error));
        using var document = JsonDocument.Parse(_command.Out);
        Assert.Equal(10, document.RootElement.GetProperty("manifest").GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task A_file_that_was_cut_off_fails_or_is_skipped_as_asked()
    {
        RadioExport.Write(Path.Combine(_command.Folder, "radio-1.arrow"), 10);
        var cut = Path.Combine(_command.Folder, "radio-2.arrow");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(Path.Combine(_command.Folder, "radio-1.arrow")))[..500]);
        string[] run = ["run", _command.Folder, "--select", "cov_sample", "--format", "json"];
        Assert.Equal(3, await _command.InvokeAsync(run));
        Assert.Contains("radio-2.arrow", _command.Error, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
        Assert.Equal(4, await _command.InvokeAsync([.. run, "--on-bad", "skip"]));
        Assert.Contains("skipped: ", _command.Error, StringComparison.Ordinal);
        Assert.Contains("INPUT_SKIPPED", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_indicator_that_does_not_exist_is_a_usage_error()
    {
        Assert.Equal(2, await _command.InvokeAsync("run", _command.Folder, "--select", "cov_simple"));
        Assert.Contains("cov_simple", _command.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _command.InvokeAsync("run", _command.Folder, "--by", "galaxy"));
        Assert.Contains("galaxy", _command.Error, StringComparison.Ordinal);
    }

    private static string Digest(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("manifest").GetProperty("row_digest").GetString()!;
    }
}
