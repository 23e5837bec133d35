using System.Text.Json;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class VerifyVerbTests : IDisposable
{
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Each_declared_figure_has_a_verdict_that_can_be_traced()
    {
        Assert.Equal(0, await VerifyAsync("95%", "--format", "json"));
        using var json = JsonDocument.Parse(_command.Out);
        var row = Assert.Single(json.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal("F1", row.GetProperty("factory").GetString());
        Assert.Equal("关键设备联网率", row.GetProperty("declared_indicator").GetString());
        Assert.Equal("knr@1", row.GetProperty("definition").GetString());
        Assert.Equal(("95%", "=", 0.95), (row.GetProperty("declared").GetString(), row.GetProperty("relation").GetString(), row.GetProperty("declared_value").GetDouble()));
        Assert.Equal((0.5, "ratio", 45.0, "pp"), (row.GetProperty("measured").GetDouble(), row.GetProperty("unit").GetString(), row.GetProperty("difference").GetDouble(), row.GetProperty("difference_unit").GetString()));
        Assert.Equal(("OVERSTATED", "PUBLISHED", 1), (row.GetProperty("verdict").GetString(), row.GetProperty("status").GetString(), row.GetProperty("n").GetInt32()));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("verdict_reason").ValueKind);
        Assert.Equal(json.RootElement.GetProperty("manifest").GetProperty("row_digest").GetString(), row.GetProperty("row_digest").GetString());
        Assert.StartsWith("2024-02-01T00:00:00+08:00", row.GetProperty("window_start").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 declared figures have no computable counterpart: 企业简介", _command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("95%", 5)]
    [InlineData("50%", 0)]
    [InlineData("40%以上", 0)]
    [InlineData("10%", 0)]          // understated is no offence
    [InlineData("良好", 0)]
    public async Task Strict_fails_on_what_is_overstated_and_writes_all_the_same(string text, int code)
    {
        Assert.Equal(code, await VerifyAsync(text, "--strict", "--format", "ndjson"));
        Assert.Single(_command.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, await VerifyAsync(text, "--format", "ndjson"));
    }

    [Theory]
    [InlineData("table", "OVERSTATED")]
    [InlineData("markdown", "| F1 | 关键设备联网率 | knr@1 |")]
    [InlineData("csv", "F1,关键设备联网率,knr,knr@1,2024-02-01T00:00:00+08:00,2024-03-02T00:00:00+08:00,95%,=,0.95,,0.5,ratio,,,45,pp,OVERSTATED,,PUBLISHED,,,1,")]
    public async Task Every_format_says_the_same(string format, string line)
    {
        Assert.Equal(0, await VerifyAsync("95%", "--format", format));
        Assert.Contains(line, _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_levels_asked_for_change_nothing()
    {
        await VerifyAsync("95%", "--format", "ndjson");
        var plain = _command.Out;
        await VerifyAsync("95%", "--format", "ndjson", "--by", "province");
        Assert.Equal(plain, _command.Out);
        Assert.Contains("--by changes nothing here", _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_a_matter_of_usage()
    {
        Write("95%");
        Assert.Equal(2, await _command.InvokeAsync("verify", "a.arrow"));
        Assert.Contains("--registry", _command.Error, StringComparison.Ordinal);
        Assert.Equal(2, await VerifyAsync("95%", "--select", "eff_gain"));
        Assert.Contains("nothing that the registry declares can be computed", _command.Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(_command.Folder, "registry", "declared.csv"));
        Assert.Equal(2, await _command.InvokeAsync("verify", "a.arrow", "--registry", "registry"));
        Assert.Contains("declares nothing", _command.Error, StringComparison.Ordinal);
    }

    private Task<int> VerifyAsync(string text, params string[] options)
    {
        Write(text);
        return _command.InvokeAsync(["verify", Path.Combine(_command.Folder, "a.arrow"), "--registry", "registry", "--profile", "test-no-floor", .. options]);
    }

    private void Write(string text)
    {
        var registry = Directory.CreateDirectory(Path.Combine(_command.Folder, "registry")).FullName;
        File.WriteAllText(Path.Combine(registry, "declared.csv"), $"工厂编号,指标,申报值\nF1,关键设备联网率,{text}\nF1,企业简介,好\n");
        File.WriteAllText(Path.Combine(registry, "devices.csv"), "device,line,is_key\nA,L1,1\nB,L1,1\n");
        File.WriteAllText(Path.Combine(registry, "lines.csv"), "line,factory\nL1,F1\n");
        File.WriteAllText(Path.Combine(registry, "factories.csv"), "factory,name\nF1,one\n");
        File.WriteAllBytes(Path.Combine(_command.Folder, "a.arrow"), ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr").ToBytes());
    }
}
