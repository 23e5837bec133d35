using System.Diagnostics;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Bench;

/// <summary>bench/peers: its own tests, which need node alone, and a whole comparison on a few rows with the peers that are installed.</summary>
[Trait("Category", "Foreign")]
public sealed class PeerComparisonTests
{
    private static readonly string s_folder = Path.Combine(Shared.Repository, "bench", "peers");

    [SkippableFact]
    public void Agreement_and_tables_pass_their_own_tests() => Node("--test", Path.Combine(s_folder, "test"));

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Every_contender_gives_the_same_answers()
    {
        foreach (var package in (string[])["@duckdb/node-api", "nodejs-polars"])
        {
            Skip.IfNot(Directory.Exists(Path.Combine(s_folder, "node_modules", package)), $"{package} is not here (npm ci --prefix bench/peers).");
        }

        // ClickHouse takes hundreds of megabytes, so that it is asked by hand alone
        using var folder = new TemporaryFolder();
        var text = Node(
            Path.Combine(s_folder, "compare.js"), "--data", folder.Path, "--rows", "200000", "--rounds", "1", "--only", "tm,memory,lz4,Q1,Q2,Q3",
            "--engines", "duckdb,polars", "--no-memory", "--no-process", "--no-build", "--seed", "1");
        Assert.Contains("tm, Q1: ours and DuckDB, 4,000 groups: counts, integer sums, minima and maxima equal", text, StringComparison.Ordinal);
        Assert.Contains("tm, Q2: ours and DuckDB, 4,000 groups: equal", text, StringComparison.Ordinal);
        Assert.Contains("tm, Q3: ours and DuckDB, 4,000 groups: equal", text, StringComparison.Ordinal);
        Assert.Contains("tm, Q3: Polars and DuckDB, 4,000 groups: within one rank", text, StringComparison.Ordinal);
        foreach (var question in (string[])["Q1", "Q2", "Q3"])
        {
            Assert.Matches($@"\| {question}, time-major, in memory \| [0-9.]+ \|", text);
            Assert.Matches($@"\| {question}, time-major, file, compressed \| [0-9.]+ \|", text);
        }
    }

    [SkippableFact]
    public void Peers_that_are_not_installed_are_named_with_the_command_that_installs_them()
    {
        // the harness alone, without what npm would put beside it
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(s_folder, "*.js").Concat(Directory.EnumerateFiles(Path.Combine(s_folder, "lib"), "*.js")))
        {
            var copy = Path.Combine(folder.Path, Path.GetRelativePath(s_folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(Path.Combine(s_folder, "package.json"), Path.Combine(folder.Path, "package.json"));
        var (exitCode, _, errors) = Start(Path.Combine(folder.Path, "compare.js"), "--engines", "duckdb");
        Assert.Equal(2, exitCode);
        Assert.Contains("@duckdb/node-api", errors, StringComparison.Ordinal);
        Assert.Contains("npm ci --prefix bench/peers", errors, StringComparison.Ordinal);
    }

    private static string Node(params string[] arguments)
    {
        var (exitCode, output, errors) = Start(arguments);
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{errors}\n{output}");
        return output;
    }

    private static (int ExitCode, string Output, string Errors) Start(params string[] arguments)
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, "node"))
            .FirstOrDefault(File.Exists);
        var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
        Assert.False(node is null && required.Contains("npm", StringComparer.Ordinal), "node is required but absent.");
        Skip.If(node is null, "node is not here.");
        using var process = Process.Start(new ProcessStartInfo(node!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
