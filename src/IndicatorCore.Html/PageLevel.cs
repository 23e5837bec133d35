using IndicatorCore.Indicators;

namespace IndicatorCore.Html;

/// <summary>The rows of one level of grouping.</summary>
/// <param name="rows">At least one.</param>
internal sealed class PageLevel(IReadOnlyList<IndicatorRow> rows)
{
    private readonly ILookup<string, IndicatorRow> _byIndicator = rows.ToLookup(static row => row.Indicator, StringComparer.Ordinal);

    /// <summary>The rows.</summary>
    public IReadOnlyList<IndicatorRow> Rows => rows;

    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. rows[0].Group.Select(static pair => pair.Key)];

    /// <summary>The groups that are known, in order.</summary>
    public IReadOnlyList<IReadOnlyList<KeyValuePair<string, string?>>> Groups { get; } =
        [.. rows.Select(static row => row.Group).Where(static group => group.All(static pair => pair.Value is not null)).DistinctBy(FigureText.Group)];

    /// <summary>What the level is of.</summary>
    public Bilingual Name => Keys.Count == 0 ? new("全部", "All")
        : new(string.Join(" × ", Keys.Select(static key => Phrases.OfKey(key).Chinese)), string.Join(" × ", Keys.Select(static key => Phrases.OfKey(key).English)));

    /// <summary>The rows of an indicator.</summary>
    public IEnumerable<IndicatorRow> Of(string indicator) => _byIndicator[indicator];

    /// <summary>The first row of an indicator whose group is known, or null.</summary>
    public IndicatorRow? Find(string indicator) => _byIndicator[indicator].FirstOrDefault(static row => row.Group.All(static pair => pair.Value is not null));
}
