using System.Text.RegularExpressions;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Architecture;

/// <summary>One source file as text, with comments cut out, so that words in prose are no code.</summary>
internal sealed partial record SourceFile(string Project, string Folder, string Name, string Code)
{
    /// <summary>Every source file of the projects under src.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Read()];

    /// <summary>The folder below the project, with the file: <c>Ipc/FlatTable.cs</c>.</summary>
    public string Path => Folder.Length == 0 ? Name : $"{Folder}/{Name}";

    public override string ToString() => $"{Project}/{Path}";

    private static IEnumerable<SourceFile> Read()
    {
        var root = System.IO.Path.Combine(Shared.Repository, "src");
        foreach (var path in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var parts = System.IO.Path.GetRelativePath(root, path).Split(System.IO.Path.DirectorySeparatorChar);
            if (parts[1] is not ("bin" or "obj"))
            {
                yield return new SourceFile(parts[0], string.Join('/', parts[1..^1]), parts[^1], Comment().Replace(File.ReadAllText(path), string.Empty));
            }
        }
    }

    [GeneratedRegex(@"(?<=^|[\s;{}(),])//.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
