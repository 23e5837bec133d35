using IndicatorCore.Cli;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

/// <summary><c>report</c>: a page from one pass.</summary>
public sealed class ReportVerbTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(Shared.Repository, "data", "sample");

    private readonly CommandRun _command = new() { UsesRealEngine = true };

    [Fact]
    public async Task A_page_shows_the_figures_of_run()
    {
        Assert.Equal((ExitCode.Done, string.Empty), (await Report("--out", "page.html"), _command.Error));
        var page = await File.ReadAllTextAsync(Path.Combine(_command.Folder, "page.html"));
        Assert.Equal(0, await _command.InvokeAsync("run", s_sample, "--registry", Path.Combine(s_sample, "registry"), "--by", "province", "--select", "knr,cov_grid", "--format", "csv"));
        Assert.Contains("辽宁 5G工厂指标报告", page);
        var values = _command.Out.Split('\n').Select(static line => line.Split(',')).Where(static line => line is ["knr" or "cov_grid", _, "辽宁", ..]).Select(static line => line[5]).ToList();
        Assert.Equal(2, values.Count);
        Assert.All(values, value => Assert.Contains($"title=\"{value}\"", page));

        Assert.Contains("trend-3", page);
        Assert.Contains("map-choice", page);
        Assert.Contains("高报", page);
    }

    [Fact]
    public async Task A_factory_and_its_lines_have_a_page_too()
    {
        Assert.Equal(ExitCode.Done, await Report("--where", "factory=F001", "--by", "factory", "--by", "line", "--series", "none", "--lang", "en", "--title", "Line & <plant>", "--out", "f001.html"));
        var page = await File.ReadAllTextAsync(Path.Combine(_command.Folder, "f001.html"));
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=en>", page);
        Assert.Contains("<h1>Line &amp; &lt;plant&gt;</h1>", page);
        Assert.DoesNotContain("id=trend-0", page);
        Assert.DoesNotContain("F002", page[..page.IndexOf("<script>", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_before_anything_is_read()
    {
        Assert.Equal(ExitCode.Usage, await Report("--window", "month"));
        Assert.Contains("--series", _command.Error);
        Assert.Equal(ExitCode.Usage, await Report("--by", "planet"));
        Assert.Equal(ExitCode.Usage, await Report("--lang", "fr"));
    }

    [Fact]
    public async Task Standard_input_is_read_as_run_reads_it()
    {
        _command.Input = ExportBuilder.Radio().Row("2024-03-05 10:00:00", "c", "NR", -90, 5).ToBytes(IpcFormat.Stream);
        Assert.Equal(ExitCode.Done, await _command.InvokeAsync("report", "-", "--by", "factory", "--profile", "test-no-floor", "--out", "a.html"));
        Assert.Contains("5G网络覆盖率（按采样点）", await File.ReadAllTextAsync(Path.Combine(_command.Folder, "a.html")));
    }

    [Fact]
    public async Task Threads_change_no_byte()
    {
        await Report("--threads", "1", "--out", "a.html");
        await Report("--threads", "4", "--out", "b.html");
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_command.Folder, "a.html")), await File.ReadAllBytesAsync(Path.Combine(_command.Folder, "b.html")));
    }

    public void Dispose() => _command.Dispose();

    private Task<int> Report(params string[] options) => _command.InvokeAsync(["report", s_sample, "--registry", Path.Combine(s_sample, "registry"), .. options]);
}
