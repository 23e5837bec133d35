using System.IO.Enumeration;
using IndicatorCore.Errors;

namespace IndicatorCore.Sources;

/// <summary>What an export's own columns, stamps and marks mean (<c>--source</c>); the format is described in data/profiles/README.md.</summary>
/// <remarks>Source: interface 1, source profile. Immutable; safe to share between threads.</remarks>
public sealed class SourceProfile
{
    private readonly SourceRule _defaults;
    private readonly IReadOnlyList<SourceRule> _files;

    internal SourceProfile(string? name, SourceRule defaults, IReadOnlyList<SourceRule> files)
    {
        Name = name;
        _defaults = defaults;
        _files = files;
    }

    /// <summary>The profile that says nothing: canonical names, zoned timestamps.</summary>
    public static SourceProfile Empty { get; } = new(null, new SourceRule(), []);

    /// <summary>The profile's own name, or null.</summary>
    public string? Name { get; }

    /// <summary>Reads a profile from JSON (comments and trailing commas allowed).</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">How errors call it, usually its path.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible; the message names the key's path.</exception>
    public static SourceProfile Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        return SourceProfileReader.Read(ConfigurationNode.Parse(json, name));
    }

    /// <summary>Reads a profile from a file.</summary>
    /// <param name="path">The path of a UTF-8 JSON file.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible; the message names the key's path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SourceProfile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ConfigurationText.Read(path), path);
    }

    /// <summary>A profile without file rules that says exactly <paramref name="settings"/>.</summary>
    /// <param name="settings">What <see cref="For"/> gives for every file.</param>
    /// <param name="name">The profile's own name, or null.</param>
    public static SourceProfile Of(SourceSettings settings, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new SourceProfile(name, SourceProfileWriter.Rule(settings), []);
    }

    /// <summary>The settings of one input: the defaults overlaid with the first file rule whose pattern matches.</summary>
    /// <param name="fileName">The input's path or name. A pattern without <c>/</c> is held against its last part, one with <c>/</c>
    /// against the end of the whole path; <c>*</c> stands for any text, <c>?</c> for one character, case is ignored.</param>
    public SourceSettings For(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var path = fileName.Replace('\\', '/');
        foreach (var rule in _files)
        {
            if (Matches(rule.Pattern!, path))
            {
                return rule.Over(_defaults).Settings();
            }
        }

        return _defaults.Settings();
    }

    /// <summary>The profile as JSON: one spelling for one meaning, no blanks, keys in a fixed order.</summary>
    public string ToJson() => SourceProfileWriter.Write(Name, _defaults, _files);

    private static bool Matches(string pattern, string path)
    {
        if (!pattern.Contains('/', StringComparison.Ordinal))
        {
            return FileSystemName.MatchesSimpleExpression(pattern, path.AsSpan(path.LastIndexOf('/') + 1));
        }

        return FileSystemName.MatchesSimpleExpression(pattern, path)
            || FileSystemName.MatchesSimpleExpression($"*/{pattern.TrimStart('/')}", path);
    }
}
