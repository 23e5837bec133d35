using IndicatorCore.Indicators.Reading;

namespace IndicatorCore.Cli.Exports;

/// <summary>The state files that arguments name.</summary>
internal static class StateFileNames
{
    private const string Pattern = "*.state";

    /// <summary>One or more state files.</summary>
    public static System.CommandLine.Argument<string[]> Argument() => new("STATE")
    {
        Description = "State files: paths, globs, or directories (searched for *.state)",
        Arity = System.CommandLine.ArgumentArity.OneOrMore,
    };

    /// <summary>The files, each once, ordered by path.</summary>
    /// <exception cref="FileNotFoundException">A path does not exist, or nothing matches.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> states, CommandContext context)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in states.Select(context.Locate))
        {
            if (!Directory.Exists(path))
            {
                files.UnionWith(ExportFiles.Expand([path]));
                continue;
            }

            var before = files.Count;
            files.UnionWith(Directory.EnumerateFiles(path, Pattern, SearchOption.AllDirectories));
            if (files.Count == before)
            {
                throw new FileNotFoundException($"The directory '{path}' holds no state: no file called {Pattern}.", path);
            }
        }

        return [.. files];
    }
}
