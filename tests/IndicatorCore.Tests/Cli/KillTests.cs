using System.Diagnostics;
using System.Runtime.InteropServices;
using IndicatorCore.Generation;
using IndicatorCore.Tests.Support;
using Xunit.Abstractions;

namespace IndicatorCore.Tests.Cli;

/// <summary>The built command killed and interrupted at random moments (decisions D14).</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Slow")]
public sealed partial class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 25;   // in each of the two ways of reading
    private const int Interrupt = 2;
    private const int KillAtOnce = 9;

    private readonly TemporaryFolder _folder = new();

    [SkippableTheory]
    [InlineData("fail")]
    [InlineData("skip")]
    public void Killed_at_any_moment_and_started_again_it_gives_the_same_bytes(string onBad)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "This sends signals.");
        Generate();
        var random = new Random(7);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Run("expected.ndjson", onBad, checkpoint: null, wait: null));
        var whole = clock.ElapsedMilliseconds;
        var expected = File.ReadAllBytes(_folder.File("expected.ndjson"));
        var (kills, ends, kept) = (0, 0, 0);
        while (kills < Kills)
        {
            File.Delete(_folder.File("actual.ndjson"));
            var code = Run("actual.ndjson", onBad, "kept", random.Next((int)whole));
            kept += Directory.Exists(_folder.File("kept")) && Directory.GetFiles(_folder.File("kept"), "*.state").Length > 0 ? 1 : 0;
            if (code == 0)
            {
                ends++;
                Assert.Equal(expected, File.ReadAllBytes(_folder.File("actual.ndjson")));
                Directory.Delete(_folder.File("kept"), recursive: true);
                continue;
            }

            Assert.Equal(128 + KillAtOnce, code);
            Assert.Empty(Directory.GetFiles(_folder.Path, "actual.ndjson"));   // there is no half of an output
            kills++;
        }

        Assert.Equal(0, Run("actual.ndjson", onBad, "kept", wait: null));
        Assert.Equal(expected, File.ReadAllBytes(_folder.File("actual.ndjson")));
        output.WriteLine($"{kills} kills, {ends} runs that ended before theirs, state kept {kept} times; a whole run takes {whole} ms");
        Assert.True(kept > Kills / 4, $"state was kept only {kept} times");
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("kept")]
    public void Interrupted_it_leaves_nothing_and_ends_with_130_within_a_second(string? checkpoint)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "This sends signals.");
        Generate();
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Run("expected.ndjson", "fail", checkpoint: null, wait: null));
        var whole = (int)clock.ElapsedMilliseconds;
        var interrupted = 0;
        foreach (var share in new[] { 3, 5, 7 })
        {
            using var process = Start("actual.ndjson", "fail", checkpoint);
            Thread.Sleep(whole * share / 10);
            clock.Restart();
            if (process.HasExited)
            {
                Assert.Equal(0, process.ExitCode);   // the machine was faster this time
                File.Delete(_folder.File("actual.ndjson"));
                continue;
            }

            _ = Signal(process.Id, Interrupt);
            interrupted++;
            Assert.True(process.WaitForExit(10_000));
            output.WriteLine($"after {whole * share / 10} ms: exit {process.ExitCode} in {clock.ElapsedMilliseconds} ms");
            Assert.Equal(130, process.ExitCode);
            Assert.InRange(clock.ElapsedMilliseconds, 0, 1_000);
            Assert.Empty(Directory.GetFiles(_folder.Path, "actual*"));
        }

        Assert.True(interrupted > 0, "every run ended before its signal");
    }

    public void Dispose() => _folder.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);

    private void Generate() =>
        new ProvinceGenerator(new GenerationOptions { OutputDirectory = _folder.File("province"), Seed = 11, Rows = 400_000, Factories = 6, BatchRows = 2_000 }).Generate();

    private Process Start(string result, string onBad, string? checkpoint)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] keep = checkpoint is null ? [] : ["--checkpoint", checkpoint, "--checkpoint-every", "10ms"];
        return Process.Start(new ProcessStartInfo(host, [
            Path.Combine(AppContext.BaseDirectory, "indicators.dll"), "run", "province", "--registry", "province/registry", "--by", "line", "--format",
            "ndjson", "--out", result, "--on-bad", onBad, "--quiet", .. keep,
        ])
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
        })!;
    }

    private int Run(string result, string onBad, string? checkpoint, int? wait)
    {
        using var process = Start(result, onBad, checkpoint);
        if (wait is { } milliseconds && !process.WaitForExit(milliseconds))
        {
            _ = Signal(process.Id, KillAtOnce);
        }

        Assert.True(process.WaitForExit(60_000), "It hangs.");
        return process.ExitCode;
    }
}
