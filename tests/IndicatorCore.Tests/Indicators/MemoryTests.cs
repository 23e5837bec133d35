using System.Diagnostics;
using IndicatorCore.Generation;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

public class MemoryTests
{
    private const long Limit = 400_000_000;

    // those whose state is a number of cells; what is folded in the order of time keeps its points (decisions D4)
    private const string BySlot = "cov_grid,cov_sample,cost_red,eff_gain,energy_kwh,knr,knr_5g,lat_p50,lat_p95,lat_p99,n_5g_terminals,n_devices_5g,oee,scrap";

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_memory_of_a_run_does_not_grow_with_the_rows_of_a_province()
    {
        // from 960,000 rows on ten factories are as large as they get: more rows are more of the same lines and days
        var few = await PeakOf(1_000_000);
        var many = await PeakOf(3_000_000);

        Assert.True(many < Limit, $"{many:N0} bytes");
        Assert.True(many < 1.25 * few, $"{few:N0} bytes for 1,000,000 rows, {many:N0} for 3,000,000");
    }

    private static async Task<long> PeakOf(long rows)
    {
        using var folder = new TemporaryFolder();
        new ProvinceGenerator(new GenerationOptions
        {
            OutputDirectory = folder.Path,
            Rows = rows,
            Factories = 10,
            Layout = GenerationLayout.Telemetry,
        }).Generate();

        var program = Path.Combine(AppContext.BaseDirectory, "indicators.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] arguments = [program, "run", folder.Path, "--registry", Path.Combine(folder.Path, "registry"), "--by", "line", "--threads", "2", "--quiet",
            "--select", BySlot];
        using var process = Process.Start(new ProcessStartInfo(host, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(10))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }

        Assert.Equal(0, process.ExitCode);
        Assert.NotEmpty(await output);
        Assert.True(peak > 0, "The run ended before its memory was looked at.");
        return peak;
    }
}
