namespace IndicatorCore.Tests.Support;

/// <summary>Finds the shared reference material: the environment variable INDICATORCORE_SHARED, else <c>../shared</c> beside the project.</summary>
internal static class Shared
{
    public static string? Root { get; } = Find();

    /// <summary>The repository's root: the folder that holds IndicatorCore.sln.</summary>
    public static string Repository { get; } = Ancestors().First(static folder => File.Exists(Path.Combine(folder, "IndicatorCore.sln")));

    /// <summary>The path of shared material, or skips the test (fails it where INDICATORCORE_REQUIRE asks for "shared").</summary>
    public static string Require(params string[] parts)
    {
        if (Root is null)
        {
            var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
            Assert.False(required.Contains("shared", StringComparer.Ordinal), "The shared reference material is required but absent.");
        }

        Skip.If(Root is null, "The shared reference material is not here (INDICATORCORE_SHARED or ../shared).");
        return Path.Combine([Root!, .. parts]);
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("INDICATORCORE_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? named : null;
        }

        foreach (var folder in Ancestors())
        {
            if (File.Exists(Path.Combine(folder, "IndicatorCore.sln")))
            {
                var beside = Path.GetFullPath(Path.Combine(folder, "..", "shared"));
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }

    private static IEnumerable<string> Ancestors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
