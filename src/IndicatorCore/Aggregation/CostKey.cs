namespace IndicatorCore.Aggregation;

/// <summary>A line's product and cost element over a period.</summary>
/// <param name="Leaf">The scope, product included.</param>
/// <param name="Element">The element's number, -1 without.</param>
/// <param name="IsProject">Whether it is a running cost of the project itself.</param>
/// <param name="Pane">The pane of period_start.</param>
/// <param name="EndDay">The local day of period_end, or <see cref="NoEnd"/>.</param>
internal readonly record struct CostKey(Leaf Leaf, int Element, bool IsProject, int Pane, int EndDay)
{
    /// <summary>No period_end.</summary>
    public const int NoEnd = int.MinValue;
}
