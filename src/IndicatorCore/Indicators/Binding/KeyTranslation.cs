using System.Text;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>From an export's own spelling of a key to its canonical text: trim, missing marks, value map (interface 1, source profile).</summary>
internal sealed class KeyTranslation
{
    private readonly bool _trim;
    private readonly HashSet<string> _missing;
    private readonly IReadOnlyDictionary<string, string>? _values;

    /// <summary>Makes the translation of a mapping; null = none.</summary>
    /// <param name="mapping">The mapping, or null.</param>
    /// <param name="alwaysMissing">Marks that mean missing whatever the mapping says.</param>
    public KeyTranslation(ColumnMapping? mapping, params string[] alwaysMissing)
    {
        _trim = mapping?.Trim ?? false;
        _missing = [string.Empty, .. alwaysMissing, .. mapping?.Missing ?? []];
        _values = mapping?.Values;
        IsIdentity = !_trim && _missing.Count == 1 && _values is null;
    }

    /// <summary>Whether only the empty text means something else than itself.</summary>
    public bool IsIdentity { get; }

    /// <summary>The canonical text, or null for missing.</summary>
    public string? Translate(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        if (_trim)
        {
            text = text.Trim();
        }

        if (_missing.Contains(text))
        {
            return null;
        }

        return _values is not null && _values.TryGetValue(text.Trim(), out var value) ? value : text;
    }
}
