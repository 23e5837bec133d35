using System.Text;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Tests.Page;

/// <summary>The files of the page as the library carries them.</summary>
internal static class PageAssets
{
    private const string Prefix = "page/";

    /// <summary>Their names, such as <c>modules/main.js</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(IPortalStore).Assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(static name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The modules.</summary>
    public static IReadOnlyList<string> Modules { get; } = [.. Names.Where(static name => name.StartsWith("modules/", StringComparison.Ordinal))];

    /// <summary>The text of a file.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(IPortalStore).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new ArgumentException($"The page has no file '{name}'.", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
