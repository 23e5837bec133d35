namespace IndicatorCore.Bench.Regression;

/// <summary>Builds the library of a commit, once, into <c>artifacts/regression</c>.</summary>
/// <param name="root">The repository.</param>
internal sealed class BaselineBuild(string root)
{
    private const string Library = "IndicatorCore.dll";

    /// <summary>The commit that the lines of <c>baseline.txt</c> name: the first that is neither empty nor a comment (#).</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static string Wanted(IEnumerable<string> lines) =>
        lines.Select(static line => line.Trim()).FirstOrDefault(static line => line.Length > 0 && line[0] != '#')
        ?? throw new FormatException("bench/baseline.txt names no commit");

    /// <summary>The full name of a commit, or null when this clone does not hold it (a shallow clone, no repository, no git).</summary>
    public string? Resolve(string commit)
    {
        var (found, hash) = Git("rev-parse", "--verify", "--quiet", "--end-of-options", commit + "^{commit}");
        return found ? hash : null;
    }

    /// <summary>The commit of the working tree and whether tracked files differ from it.</summary>
    public (string? Commit, bool Modified) Present() => (Resolve("HEAD"), Git("status", "--porcelain", "--untracked-files=no").Output.Length > 0);

    /// <summary>The file of the library as this commit builds it.</summary>
    /// <param name="hash">The commit's full name.</param>
    /// <exception cref="InvalidOperationException">It does not build; the message holds what the compiler said.</exception>
    public string FileOf(string hash) => Build(hash, hash, static _ => { });

    /// <summary>The file of the library as a commit builds it once its sources were edited; built again when <paramref name="name"/> is new.</summary>
    /// <param name="hash">The commit's full name.</param>
    /// <param name="name">Tells commit and edit from all others.</param>
    /// <param name="edit">Changes the sources in the folder that it is given.</param>
    /// <exception cref="InvalidOperationException">It does not build; the message holds what the compiler said.</exception>
    public string Build(string hash, string name, Action<string> edit)
    {
        // another SDK compiles differently, and its runtime's version tells it
        var cache = Path.Combine(root, "artifacts", "regression", $"{name}-{Environment.Version}");
        var library = Path.Combine(cache, Library);
        if (File.Exists(library))
        {
            return library;
        }

        Directory.CreateDirectory(cache);
        var source = Path.Combine(root, "artifacts", "regression", $"source-{Environment.ProcessId}");
        try
        {
            Demand(Git("worktree", "add", "--detach", "--force", source, hash));
            edit(source);
            Demand(CommandLine.Run(
                source,
                "dotnet",
                "build", "src/IndicatorCore", "-c", "Release", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false", "-p:UseSharedCompilation=false"));
            var built = Path.Combine(source, "artifacts", "bin", "IndicatorCore", "release", Library);
            var partial = $"{library}.{Environment.ProcessId}.tmp";
            File.Copy(built, partial, overwrite: true);
            File.Move(partial, library, overwrite: true);
        }
        finally
        {
            _ = Git("worktree", "remove", "--force", source);
        }

        return library;
    }

    private (bool Succeeded, string Output) Git(params IEnumerable<string> arguments) => CommandLine.Run(root, "git", arguments);

    private static void Demand((bool Succeeded, string Output) result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException("the baseline does not build:\n" + result.Output);
        }
    }
}
