namespace IndicatorCore.Indicators.Definitions;

/// <summary>Distinct names of a group.</summary>
internal sealed class NameTotals
{
    /// <summary>The names.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);
}
