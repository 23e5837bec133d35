namespace IndicatorCore.Fuzz.Seeds;

/// <summary>Finds the repository, its samples, and the shared reference material beside it (or at INDICATORCORE_SHARED).</summary>
internal static class ReferenceFiles
{
    /// <summary>The folder that holds IndicatorCore.sln.</summary>
    public static string Repository { get; } = Find();

    /// <summary>The shared material, or null where it is absent.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>The Arrow samples of the repository.</summary>
    public static string Samples(string folder) => Path.Combine(Repository, "data", "arrow", folder);

    /// <summary>The files of a folder in ordinal order; none when it is absent.</summary>
    public static string[] In(string folder, string pattern = "*")
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IndicatorCore.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The fuzz campaigns run inside the repository, whose samples they change.");
    }

    private static string? FindShared()
    {
        var named = Environment.GetEnvironmentVariable("INDICATORCORE_SHARED");
        var folder = string.IsNullOrEmpty(named) ? Path.GetFullPath(Path.Combine(Repository, "..", "shared")) : named;
        return Directory.Exists(folder) ? folder : null;
    }
}
