using System.Text.Json;

namespace IndicatorCore.Tests.Cli;

public sealed class RegistryCheckVerbTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Findings_of_every_check_are_listed_and_fail_only_when_strict()
    {
        Write("factories.csv", "factory,industry\nF1,装备制早\n");
        Write("lines.csv", "line,factory,go_live,evidence\nL1,F1,2024-03-01,E\n");
        Write("devices.csv", "device,line,is_key,valid_from\nD1,L1,1,gestern\n");
        Write("declared.csv", "factory,indicator,text\nF1,knt,92%\n");
        Assert.Equal(0, await CheckAsync("--format", "json"));
        using var json = JsonDocument.Parse(_command.Out);
        Assert.Equal(
            ["error devices 2 valid_from", "warning factories 2 industry", "warning declared 2 indicator"],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(static one => $"{one.GetProperty("severity")} {one.GetProperty("table")} {one.GetProperty("row")} {one.GetProperty("column")}"));
        Assert.Equal("1 error, 2 warnings, 0 notices\n", _command.Error);
        Assert.Equal(5, await CheckAsync("--strict"));
        Assert.Contains("装备制早", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notices_are_not_strict()
    {
        Write("lines.csv", "line,factory,go_live\nL1,F1,2024-03-01\n");
        Write("factories.csv", "factory\nF1\n");
        Assert.Equal(0, await CheckAsync("--strict", "--quiet"));
        Assert.Contains("notice", _command.Out, StringComparison.Ordinal);
        Assert.Empty(_command.Error);
    }

    [Fact]
    public async Task What_cannot_be_read_at_all_is_bad_data()
    {
        Directory.CreateDirectory(Path.Combine(_command.Folder, "registry"));
        Assert.Equal(3, await CheckAsync());
        Write("lines.csv", "lime\nL\n");
        Assert.Equal(3, await CheckAsync());
        Assert.Empty(_command.Out);
        Assert.Contains("lines.csv", _command.Error, StringComparison.Ordinal);
        Assert.Equal(6, await _command.InvokeAsync("registry", "check", "nowhere"));
        Assert.Equal(2, await _command.InvokeAsync("registry", "chek"));
    }

    private Task<int> CheckAsync(params string[] options) => _command.InvokeAsync(["registry", "check", Path.Combine(_command.Folder, "registry"), .. options]);

    private void Write(string file, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_command.Folder, "registry")).FullName;
        File.WriteAllText(Path.Combine(folder, file), text);
    }
}
