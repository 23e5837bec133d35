using System.Text.Json;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

/// <summary><c>--define</c> with the real engine, over the sample province.</summary>
public sealed class DefineOptionTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(Shared.Repository, "data", "sample");
    private static readonly string s_factory = Path.Combine(Shared.Repository, "data", "definitions", "factory.jsonc");

    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Run_computes_them_and_select_chooses_among_them()
    {
        string[] run = ["run", s_sample, "--define", s_factory, "--by", "factory", "--format", "ndjson"];
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync([.. run, "--select", "seen,strong.weakest"]), _command.Error));
        Assert.Equal(["seen", "strong.weakest"], Ids());
        Assert.Equal((0, string.Empty), (await _command.InvokeAsync([.. run, "--threads", "1"]), _command.Error));
        Assert.Contains("strong", Ids());
        Assert.Contains("cov_sample", Ids());
        Assert.Equal(2, await _command.InvokeAsync([.. run, "--select", "stronk"]));
        Assert.Contains("strong", _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Their_figures_are_those_of_the_built_in_ones_where_they_say_the_same()
    {
        Assert.Equal(0, await _command.InvokeAsync("run", s_sample, "--define", s_factory, "--select", "used,energy_kwh", "--by", "factory", "--window", "month", "--format", "ndjson"));
        var figures = Rows().GroupBy(static row => row.GetProperty("indicator").GetString()!, static row => $"{row.GetProperty("group")} {row.GetProperty("window_start")} {row.GetProperty("numerator")} {row.GetProperty("evidence")}");
        Assert.Equal(
            figures.Single(static group => group.Key == "energy_kwh").Where(static row => !row.StartsWith("{\"factory\":null}", StringComparison.Ordinal)),

            // cumulative meters, which no factory owns, have no kwh
            figures.Single(static group => group.Key == "used").Where(static row => !row.StartsWith("{\"factory\":null}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Checkpoints_keep_them()
    {
        string[] run = ["run", s_sample, "--define", s_factory, "--select", "strong,seen,used,delay", "--by", "line", "--format", "ndjson"];
        Assert.Equal(0, await _command.InvokeAsync(run));
        var expected = _command.Out;
        Assert.Equal(0, await _command.InvokeAsync([.. run, "--checkpoint", Path.Combine(_command.Folder, "kept")]));
        Assert.Equal(expected, _command.Out);
        Assert.Equal(0, await _command.InvokeAsync([.. run, "--checkpoint", Path.Combine(_command.Folder, "kept")]));
        Assert.Equal(expected, _command.Out);
    }

    [Fact]
    public async Task Catalog_shows_them()
    {
        Assert.Equal(0, await _command.InvokeAsync("catalog", "--define", s_factory));
        Assert.Contains("strong.weakest@1", _command.Out, StringComparison.Ordinal);
        Assert.Contains("cov_grid@1", _command.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _command.InvokeAsync("catalog", "strong", "--define", s_factory));
        Assert.Contains("强信号占比", _command.Out, StringComparison.Ordinal);
        Assert.Contains("rsrp_dbm >= -90", _command.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("markdown")]
    [InlineData("json")]
    public async Task Catalog_shows_what_definitions_say_of_themselves(string format)
    {
        var plant = Path.Combine(Shared.Repository, "data", "definitions", "plant.jsonc");
        Assert.Equal(0, await _command.InvokeAsync("catalog", "--define", plant, "--format", format));
        Assert.Contains("labour_per_piece@1", _command.Out.Replace("\\", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("plant handbook 4.2", _command.Out, StringComparison.Ordinal);
        Assert.Contains("lower", _command.Out, StringComparison.Ordinal);
        Assert.Contains("单件碳排放", _command.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _command.InvokeAsync("catalog", "--format", format));
        if (format != "json")
        {
            Assert.DoesNotContain("better", _command.Out.Split('\n')[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dry_run_says_what_is_missing()
    {
        var file = _command.Write("mine.jsonc", """{"table": "radio", "indicators": [{"id": "a", "aggregate": "count", "where": {"colour": "red"}}, {"id": "b", "aggregate": "max", "column": "rsrp_dbm"}]}""");
        Assert.Equal(0, await _command.InvokeAsync("run", s_sample, "--define", file, "--select", "a,b", "--dry-run"));
        Assert.Contains("missing: radio: colour", _command.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("radio: rsrp_dbm", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_a_file_end_with_3_and_its_name()
    {
        var file = _command.Write("mine.jsonc", """{"indicators": [{"id": "a", "aggregate": "cuont"}]}""");
        Assert.Equal(3, await _command.InvokeAsync("run", s_sample, "--define", file));
        Assert.Contains("mine.jsonc", _command.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean count?", _command.Error, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync("catalog", "--define", s_factory, "--define", s_factory));
        Assert.Contains("is defined in", _command.Error, StringComparison.Ordinal);
        Assert.Equal(6, await _command.InvokeAsync("run", s_sample, "--define", "nowhere.jsonc"));
    }

    private IEnumerable<JsonElement> Rows() =>
        _command.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement);

    private string[] Ids() => [.. Rows().Select(static row => row.GetProperty("indicator").GetString()!).Distinct()];
}
