using System.Diagnostics;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Cli;

public sealed class WatchVerbTests : IDisposable
{
    private readonly CommandLine _command = new();

    private static string[] Question => ["--registry", Sample.File("registry"), "--store", "store", "--dataset", "sample", "--select", "knr", "--by", "factory", "--threads", "1"];

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Once_takes_what_is_there_and_raises_alerts()
    {
        var incoming = Directory.CreateDirectory(_command.Folder.File("incoming")).FullName;
        File.Copy(Sample.File("connectivity-0001.arrow"), Path.Combine(incoming, "a.arrow"));
        await File.WriteAllTextAsync(_command.Folder.File("alerts.json"), """{"rules": [{"name": "all", "kind": "above", "indicator": "knr", "threshold": -1}, {"kind": "silent", "after": "1d"}]}""");
        Assert.Equal(0, await _command.InvokeAsync(["watch", "incoming", "--once", "--alerts", "alerts.json", .. Question]));
        Assert.Contains("sample: revision 1 with 1 file,", _command.Error, StringComparison.Ordinal);
        Assert.Contains("alert: silent: The dataset: no data since 2", _command.Error, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
        Assert.Equal(0, await _command.InvokeAsync(["watch", "incoming", "--once", "--alerts", "alerts.json", .. Question]));
        Assert.Equal("sample: nothing new since revision 1\n", _command.Error);
    }

    [Theory]
    [InlineData(2, "--store is needed", "watch . --once")]
    [InlineData(2, "'ftp' is no store", "watch . --once --store ftp://nowhere")]
    [InlineData(2, "--every: 'soon' is no time", "watch . --store s --every soon")]
    [InlineData(2, "--dataset: 'A' is no name", "watch . --store s --dataset A")]
    [InlineData(2, "--dedup: a watch counts each content once", "watch . --store s --dedup rows --once")]
    [InlineData(2, "environment variable HOOK_SECRET, which is not set", "watch . --store s --once --alerts hook.json")]
    [InlineData(3, "rules[0].kind is no kind of alert", "watch . --store s --once --alerts wrong.json")]
    [InlineData(3, "'knrr', which is no indicator", "watch . --store s --once --alerts unknown.json")]
    [InlineData(6, "there is no folder 'nowhere'", "watch nowhere --store s --once")]
    public async Task What_makes_no_sense_is_refused(int code, string message, string line)
    {
        await File.WriteAllTextAsync(_command.Folder.File("hook.json"), """{"webhook": {"url": "https://example.org", "secret_env": "HOOK_SECRET"}}""");
        await File.WriteAllTextAsync(_command.Folder.File("wrong.json"), """{"rules": [{"kind": "belov"}]}""");
        await File.WriteAllTextAsync(_command.Folder.File("unknown.json"), """{"rules": [{"kind": "below", "indicator": "knrr", "threshold": 1}]}""");
        Assert.Equal(code, await _command.InvokeAsync(line.Split(' ')));
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_has_examples()
    {
        Assert.Equal(0, await _command.InvokeAsync("watch", "--help"));
        Assert.Contains("Examples:\n", _command.Out, StringComparison.Ordinal);
        Assert.Contains("--once", _command.Out, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_signal_ends_it_cleanly()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are those of Linux");
        var incoming = Directory.CreateDirectory(_command.Folder.File("incoming")).FullName;
        File.Copy(Sample.File("connectivity-0001.arrow"), Path.Combine(incoming, "a.arrow"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _command.Folder.Path };
        Array.ForEach([Path.Combine(AppContext.BaseDirectory, "indicators.dll"), "watch", "incoming", "--every", "50ms", .. Question], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync() is { } line && !line.StartsWith("sample: revision 1", StringComparison.Ordinal))
        {
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var rest = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, string.Empty), (process.ExitCode, rest));
        await using var store = new FolderStore(_command.Folder.File("store"));
        await store.OpenAsync(default);
        Assert.Single(await store.PublicationsAsync(default));
    }
}
