using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

/// <summary>--last and --window shift, from the command line to the rows.</summary>
public sealed class TimeOptionTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task The_last_days_become_the_query()
    {
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow", "--last", "7"));
        Assert.Equal(7, _command.Engine.Query!.Last);
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Null(_command.Engine.Query!.Last);
        _command.Variables["INDICATORS_LAST"] = "30";
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Equal(30, _command.Engine.Query!.Last);
    }

    [Theory]
    [InlineData("--last: '0' is no number of days; give 1 to 36525", "--last", "0")]
    [InlineData("--last: '40000' is no number of days", "--last", "40000")]
    [InlineData("--last: '-1' is no number of days", "--last=-1")]
    [InlineData("--last: '1.5' is no number of days", "--last", "1.5")]
    [InlineData("--last does not go with --from or --to", "--last", "3", "--from", "2024-03-01")]
    [InlineData("--last does not go with --from or --to", "--last", "3", "--to", "2024-03-01")]
    public async Task Impossible_last_days_are_refused(string message, params string[] options)
    {
        Assert.Equal(2, await _command.InvokeAsync(["run", "a.arrow", .. options]));
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_both()
    {
        Assert.Equal(0, await _command.InvokeAsync("run", "--help"));
        Assert.Contains("--last", _command.Out, StringComparison.Ordinal);
        Assert.Contains("complete local days", _command.Out, StringComparison.Ordinal);
        Assert.Contains("shifts", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shifts_of_the_registry_cut_a_run()
    {
        _command.UsesRealEngine = true;
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh")
            .Row("2024-03-01 21:00", "L1", 1.0).Row("2024-03-02 05:00", "L1", 10.0).Row("2024-03-02 12:00", "L1", 100.0);
        var path = Path.Combine(_command.Folder, "e.arrow");
        await File.WriteAllBytesAsync(path, export.ToBytes());
        Directory.CreateDirectory(Path.Combine(_command.Folder, "reg"));
        _command.Write("reg/lines.csv", "line,factory\nL1,F1\n");
        Assert.Equal(2, await _command.InvokeAsync("run", path, "--registry", "reg", "--window", "shift"));
        Assert.Contains("Put a table shifts", _command.Error, StringComparison.Ordinal);

        _command.Write("reg/shifts.csv", "工厂编号,班次名称,开始时间,结束时间\nF1,白班,08:00,20:00\nF1,夜班,20:00,08:00\n");
        Assert.Equal(0, await _command.InvokeAsync("run", path, "--registry", "reg", "--window", "shift", "--by", "factory", "--select", "energy_kwh", "--last", "2", "--format", "csv"));
        var lines = _command.Out.TrimEnd().Split('\n');
        Assert.EndsWith("夜班", lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("白班", lines[2].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["11", "100"], lines.Skip(1).Select(static line => line.Split(',')[5]));
    }
}
