using System.Text.RegularExpressions;
using IndicatorCore.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Architecture;

/// <summary>Runs the command lines of a page's <c>sh</c> blocks in this process and holds the <c>text</c> block after them against their output.</summary>
internal static partial class MarkdownCommands
{
    private const string FromSource = "dotnet run -c Release --project src/IndicatorCore.Cli -- ";
    private const string Published = "indicators ";

    // what a page may show that is not run here: .ci/run does
    private static readonly string[] s_others = ["dotnet build ", "dotnet test ", "dotnet format ", "npm ", ".ci/run"];

    /// <summary>The fenced blocks of a page, in order.</summary>
    public static IReadOnlyList<(string Language, string Text)> Blocks(string page) =>
        [.. Fence().Matches(Page(page)).Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>Runs a page. Files that it writes (<c>out/...</c>) go to a folder that is removed.</summary>
    /// <returns>How many commands ran, and how many lines of output were found.</returns>
    public static async Task<(int Commands, int Lines)> RunAsync(string page)
    {
        using var folder = new TemporaryFolder();
        var (commands, lines, output) = (0, 0, string.Empty);
        foreach (var (language, text) in Blocks(page))
        {
            if (language == "sh")
            {
                output = string.Empty;
                foreach (var line in Lines(text))
                {
                    var arguments = line.StartsWith(FromSource, StringComparison.Ordinal) ? line[FromSource.Length..]
                        : line.StartsWith(Published, StringComparison.Ordinal) ? line[Published.Length..]
                        : null;
                    if (arguments is null)
                    {
                        Assert.Contains(s_others, other => line.StartsWith(other, StringComparison.Ordinal));
                        continue;
                    }

                    output += await InvokeAsync(arguments, folder.Path);
                    commands++;
                }
            }
            else if (language == "text")
            {
                var real = Lines(output).Select(Narrow).ToList();
                foreach (var line in Lines(text))
                {
                    Assert.True(real.Exists(shown => shown.Contains(Narrow(line), StringComparison.Ordinal)), $"{page} shows, and no command says: {line}");
                    lines++;
                }
            }
        }

        return (commands, lines);
    }

    private static string Page(string page) => File.ReadAllText(Path.Combine(Shared.Repository, page)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Narrow(string line) => Blanks().Replace(line, " ").Trim();

    private static async Task<string> InvokeAsync(string line, string folder)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        string[] arguments = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Located(word, folder))];
        var code = await IndicatorsCommand.InvokeAsync(arguments, new CommandContext
        {
            StandardInput = Stream.Null,
            StandardOutput = output,
            StandardError = error,
            WorkingDirectory = folder,
        });
        Assert.True(code == 0, $"{line}: exit {code}\n{error}");
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static string Located(string word, string folder)
    {
        if (word.StartsWith("out/", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.Combine(folder, "out"));
            return Path.Combine(folder, word);
        }

        var path = Path.Combine(Shared.Repository, word);
        return word.Contains('/', StringComparison.Ordinal) && Path.Exists(path) ? path : word;
    }

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
