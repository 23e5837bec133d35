using System.Text;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Where the numbers of a key lane come from: a table of keys, or a fixed classification of texts.</summary>
internal sealed class KeySpace
{
    private readonly KeyTable? _table;
    private readonly Func<string, int>? _classify;

    /// <summary>Numbers given out by a table.</summary>
    public KeySpace(KeyTable table) => _table = table;

    /// <summary>A number a text, by rule; -1 = null.</summary>
    public KeySpace(Func<string, int> classify) => _classify = classify;

    /// <summary>The table, where keys stand in it as they come; null where something has to be done with them first.</summary>
    public KeyTable? Direct(KeyTranslation translation) => translation.IsIdentity ? _table : null;

    /// <summary>The number of a key.</summary>
    public int NumberOf(ReadOnlySpan<byte> utf8, KeyTranslation translation)
    {
        if (translation.IsIdentity && _table is not null)
        {
            return utf8.IsEmpty ? -1 : _table.GetOrAdd(utf8);
        }

        var text = translation.Translate(utf8);
        if (text is null)
        {
            return -1;
        }

        return _table is not null ? _table.GetOrAdd(Encoding.UTF8.GetBytes(text)) : _classify!(text);
    }
}
