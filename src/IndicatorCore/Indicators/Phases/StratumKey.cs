namespace IndicatorCore.Indicators.Phases;

/// <summary>A stratum: line × product.</summary>
/// <param name="Line">The line, or null when unknown.</param>
/// <param name="Product">The product, or null without.</param>
internal readonly record struct StratumKey(string? Line, string? Product)
{
    /// <summary>Ordinal order of (line, product), null first (indicator-definitions 1.5).</summary>
    public static IComparer<StratumKey> Ordinal { get; } = Comparer<StratumKey>.Create(static (left, right) =>
    {
        var byLine = string.CompareOrdinal(left.Line, right.Line);
        return byLine != 0 ? byLine : string.CompareOrdinal(left.Product, right.Product);
    });
}
