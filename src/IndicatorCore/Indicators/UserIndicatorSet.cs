using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators;

/// <summary>Indicators that a user defines in files (<c>--define</c>); the format is described in docs/user-defined.md. Immutable.</summary>
public sealed class UserIndicatorSet
{
    private UserIndicatorSet(IReadOnlyList<UserIndicator> definitions)
    {
        Definitions = [.. definitions.OrderBy(static definition => definition.Id, StringComparer.Ordinal)];
        Indicators = [.. Definitions.Select(static definition => definition.Describe())];
        var canonical = string.Join('\n', Definitions.Select(static definition => definition.Canonical));
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    /// <summary>What the catalogue says of each indicator, ordered by id.</summary>
    public IReadOnlyList<IndicatorDescription> Indicators { get; }

    /// <summary>SHA-256 of what the definitions say, lower-case hexadecimal: equal for files that differ in spelling and order alone.</summary>
    public string Digest { get; }

    /// <summary>The definitions, ordered by id.</summary>
    internal IReadOnlyList<UserIndicator> Definitions { get; }

    /// <summary>Reads definitions from JSON (comments and trailing commas allowed).</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">How errors call it, usually its path.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible; the message names the key's path.</exception>
    public static UserIndicatorSet Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        return new UserIndicatorSet(UserIndicatorReader.Read(ConfigurationNode.ParseLocated(json, name, "definition file"), name, IndicatorCatalog.All));
    }

    /// <summary>Reads definitions from a file.</summary>
    /// <param name="path">The path of a UTF-8 JSON file.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible; the message names the key's path.</exception>
    /// <exception cref="LimitExceededException">It is far too long.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static UserIndicatorSet Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ConfigurationText.Read(path), path);
    }

    /// <summary>The indicators of several sets as one.</summary>
    /// <exception cref="ConfigurationException">Two of them have one id, or there are too many.</exception>
    public static UserIndicatorSet Union(IEnumerable<UserIndicatorSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var definitions = new Dictionary<string, UserIndicator>(StringComparer.Ordinal);
        foreach (var definition in sets.SelectMany(static set => set.Definitions))
        {
            if (!definitions.TryAdd(definition.Id, definition))
            {
                throw new ConfigurationException(
                    $"The indicator '{definition.Id}' is defined in {definitions[definition.Id].File} too",
                    new DataLocation(File: definition.File),
                    "Each indicator has an id of its own.");
            }
        }

        return definitions.Count <= UserIndicatorReader.MaxIndicators
            ? new UserIndicatorSet([.. definitions.Values])
            : throw new ConfigurationException(
                $"The definition files hold {definitions.Count} indicators, more than {UserIndicatorReader.MaxIndicators}", advice: "Ask for some of the files at a time.");
    }
}
