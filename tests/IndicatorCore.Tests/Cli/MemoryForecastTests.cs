using System.Globalization;
using IndicatorCore.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class MemoryForecastTests : IDisposable
{
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task What_cannot_fit_is_refused_before_reading_with_exit_code_6_and_numbers()
    {
        Write(lines: 100, repeats: 1, gap: 0);
        var code = await RunAsync("--memory", "100000");
        Assert.Equal((ExitCode.Resources, string.Empty), (code, _command.Out));
        Assert.Contains("looked at before reading", _command.Error, StringComparison.Ordinal);
        Assert.Contains("100 scopes (lines, devices or products) x 100 hours in 10,000 rows", _command.Error, StringComparison.Ordinal);
        Assert.Contains("--memory", _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_fit_is_warned_of_and_read_unless_quiet()
    {
        Write(lines: 40, repeats: 20, gap: 2_500);
        Assert.Equal(0, await RunAsync("--memory", "3000000"));
        Assert.StartsWith("warning: 40 scopes (lines, devices or products) x 2,600 hours in 80,000 rows may take up to", _command.Error, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("--memory", "3000000", "--quiet"));
        Assert.Empty(_command.Error);
    }

    [Fact]
    public async Task A_verbose_run_says_how_many_slots_of_how_many_bytes_there_are()
    {
        Write(lines: 10, repeats: 1, gap: 0);
        Assert.Equal(0, await RunAsync("--verbose"));
        Assert.Matches("1,000 rows, .* s; state: 1,000 slots, [0-9.]+ [KMG]?i?B\\b", _command.Error);
    }

    private Task<int> RunAsync(params string[] options) => _command.InvokeAsync(
        ["run", Path.Combine(_command.Folder, "energy.arrow"), "--window", "hour", "--select", "energy_kwh", "--threads", "1", "--profile", "test-no-floor", "--format", "ndjson", .. options]);

    private void Write(int lines, int repeats, int gap)
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        for (var hour = 0; hour < 100; hour++)
        {
            for (var row = 0; row < lines * repeats; row++)
            {
                export.Row(start.AddHours(hour + (hour < 60 ? 0 : gap)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"L{row % lines}", row);
            }

            if (hour < 99)
            {
                export.NextBatch();
            }
        }

        File.WriteAllBytes(Path.Combine(_command.Folder, "energy.arrow"), export.ToBytes());
    }
}
