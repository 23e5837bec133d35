using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Architecture;

/// <summary>What README shows is what happens.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_commands_run_and_the_excerpt_is_real()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("README.md");
        Assert.Equal(7, commands);
        Assert.InRange(lines, 8, 20);
    }

    [Fact]
    public void The_two_commands_come_first() => Assert.Equal(
        "dotnet run -c Release --project src/IndicatorCore.Cli -- run data/sample --registry data/sample/registry --by factory\n"
        + "dotnet test -c Release --filter Category!=Slow\n",
        MarkdownCommands.Blocks("README.md")[0].Text);

    [Fact]
    public void The_library_example_is_the_code_that_is_compiled() =>
        Assert.Equal(Assert.Single(MarkdownCommands.Blocks("README.md"), static block => block.Language == "csharp").Text, Region("ReadmeExample.cs", "README"));

    [Fact]
    public void The_example_of_getting_started_is_the_code_that_is_compiled() => Assert.Equal(
        Assert.Single(MarkdownCommands.Blocks("docs/getting-started.md"), static block => block.Language == "csharp").Text,
        Region("GettingStartedExample.cs", "getting started"));

    [Fact]
    public async Task The_example_of_getting_started_does_what_it_says()
    {
        var energy = ExportBuilder.Energy().Row("2024-03-01 08:00", 1.5).NextBatch().Row("2024-03-01 09:00", 2.5).ToBytes();
        var stream = CData.Exported.Stream(energy);
        var report = await GettingStartedExample.RunAsync(Reports.NoFloor, stream.Address);
        Assert.Equal("4", report.Row("energy_kwh").Numerator.ToString());
        Assert.Equal((1, "1 1"), (stream.StreamReleases, string.Join(' ', stream.ArrayReleases)));
    }

    [Fact]
    public async Task The_library_example_does_what_it_says()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var file = new MemoryStream();
        var sample = Path.Combine(Shared.Repository, "data", "sample");
        await ReadmeExample.RunAsync(sample, Path.Combine(sample, "registry"), output, file);
        Assert.Contains("F003 cov_sample = 1907 / 1960 = 97.3", output.ToString(), StringComparison.Ordinal);
        var rows = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(rows.Length > output.ToString().Split('\n').Length);   // those that were not published, too
    }

    [Fact]
    public async Task Getting_started_runs_as_it_stands()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/getting-started.md");
        Assert.Equal((8, 8), (commands, lines));
    }

    [Fact]
    public async Task User_defined_indicators_run_as_their_page_stands()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/user-defined.md");
        Assert.Equal((8, 19), (commands, lines));
    }

    [Fact]
    public async Task Distributed_runs_run_as_their_page_stands()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/distributed.md");
        Assert.Equal((12, 9), (commands, lines));
    }

    [Fact]
    public async Task Pages_are_made_as_their_page_says()
    {
        var (commands, _) = await MarkdownCommands.RunAsync("docs/report.md");
        Assert.Equal(2, commands);
    }

    [Fact]
    public async Task Verification_runs_as_its_page_stands()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/verify.md");
        Assert.Equal((4, 8), (commands, lines));
    }

    [Fact]
    public async Task Programmes_are_filled_as_their_page_stands()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/programmes.md");
        Assert.Equal((5, 3), (commands, lines));
    }

    [Fact]
    public async Task Registries_are_checked_as_their_page_stands()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/registry.md");
        Assert.Equal((2, 3), (commands, lines));
    }

    private static string Region(string file, string name)
    {
        var source = File.ReadAllText(Path.Combine(Shared.Repository, "tests", "IndicatorCore.Tests", "Architecture", file))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        return source.Split($"        #region {name}\n")[1].Split("        #endregion\n")[0].Replace("\n        ", "\n", StringComparison.Ordinal)[8..];
    }

    [Fact]
    public async Task The_commands_of_preparing_exports_do_what_it_shows()
    {
        var (commands, lines) = await MarkdownCommands.RunAsync("docs/preparing-exports.md");
        Assert.Equal((3, 2), (commands, lines));
    }
}
