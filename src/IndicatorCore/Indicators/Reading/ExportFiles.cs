using System.IO.Enumeration;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>The files of an export: paths, globs and directories, in one fixed order (interface 1).</summary>
internal static class ExportFiles
{
    private static readonly string[] s_patterns = ["*.arrow", "*.feather", "*.arrows", "*.ipc"];
    private static readonly string[] s_registryNames =
        ["factories", "lines", "devices", "grid_cells", "zones", "declared", "scenarios", "systems", "assets", "calendar", "shifts", "projects", "price_index"];


    /// <summary>Every file, once, ordered by path. A pipe or device counts where it is named, and is passed over in a directory.</summary>
    /// <exception cref="FileNotFoundException">A path does not exist, or nothing matches.</exception>
    /// <exception cref="IOException">A path leads to what holds no bytes, or a directory cannot be listed.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> paths)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var before = files.Count;
            if (FileStatus.Of(path) is { } found)
            {
                Add(path, found, files);
                continue;
            }

            if (path.AsSpan().IndexOfAny('*', '?') < 0)
            {
                throw NotThere(path);
            }

            AddGlob(path, files);
            if (files.Count == before)
            {
                throw new FileNotFoundException($"No file matches '{path}'.", path);
            }
        }

        return [.. files];
    }

    private static void Add(string path, FileStatus found, SortedSet<string> files)
    {
        if (found.Kind == FileKind.Socket)
        {
            throw new IOException($"'{path}' is a socket, which cannot be read by its path; give a file or a pipe.");
        }

        if (found.Kind != FileKind.Directory)
        {
            files.Add(path);
            return;
        }

        var before = files.Count;
        AddDirectory(path, files);
        if (files.Count == before)
        {
            throw new FileNotFoundException(
                $"The directory '{path}' holds no export: no file called {string.Join(", ", s_patterns)}.", path);
        }
    }

    /// <summary>Why a path leads nowhere.</summary>
    private static FileNotFoundException NotThere(string path) => new FileInfo(path).LinkTarget is { } target
        ? new FileNotFoundException($"'{path}' is a link to '{target}', which leads nowhere.", path)
        : path.Contains('\uFFFD', StringComparison.Ordinal)
            ? new FileNotFoundException($"'{path}' cannot be opened: the bytes of its name are not UTF-8; rename it.", path)
            : new FileNotFoundException($"'{path}' does not exist.", path);

    private static void AddDirectory(string folder, SortedSet<string> files)
    {
        if (IsRegistry(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (IsExport(file) && !(FileStatus.Of(file) ?? throw NotThere(file)).IsSequential)
            {
                files.Add(file);
            }
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            // a link may lead back up
            if (!new DirectoryInfo(inner).Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                AddDirectory(inner, files);
            }
        }
    }

    /// <summary>Whether a file of a directory is taken for an export, by its name.</summary>
    internal static bool IsExport(string path) => Array.Exists(s_patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path)));

    /// <summary>Whether a folder is a registry, whose tables are no exports.</summary>
    internal static bool IsRegistry(string folder) => Directory.EnumerateFiles(folder)
        .Select(static file => Path.GetFileNameWithoutExtension(file).ToLowerInvariant())
        .Where(name => s_registryNames.Contains(name))
        .Distinct()
        .Count() >= 2;

    // '*' and '?' within a name, '**' for any folders
    private static void AddGlob(string glob, SortedSet<string> files)
    {
        var normalized = glob.Replace('\\', '/');
        var wild = normalized.AsSpan().IndexOfAny('*', '?');
        var slash = normalized.LastIndexOf('/', wild);
        var root = slash < 0 ? "." : slash == 0 ? "/" : normalized[..slash];
        if (Directory.Exists(root))
        {
            Walk(root, slash < 0 ? string.Empty : normalized[..(slash + 1)], normalized[(slash + 1)..].Split('/'), files);
        }
    }

    private static void Walk(string folder, string prefix, ReadOnlySpan<string> parts, SortedSet<string> files)
    {
        var part = parts[0];
        if (parts.Length == 1)
        {
            var pattern = part == "**" ? "*" : part;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                if (FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file), ignoreCase: false)
                    && !(FileStatus.Of(file) ?? throw NotThere(file)).IsSequential)
                {
                    files.Add(prefix + Path.GetFileName(file));
                }
            }
        }

        if (part == "**" && parts.Length > 1)
        {
            Walk(folder, prefix, parts[1..], files);
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(inner);
            if (new DirectoryInfo(inner).Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                continue;
            }

            if (part == "**")
            {
                Walk(inner, prefix + name + "/", parts, files);
            }
            else if (parts.Length > 1 && FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false))
            {
                Walk(inner, prefix + name + "/", parts[1..], files);
            }
        }
    }
}
