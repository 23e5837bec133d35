namespace IndicatorCore.Aggregation;

/// <summary>A plain count.</summary>
internal struct CountCell : IMergeable<CountCell>
{
    /// <summary>The count.</summary>
    public long Count;

    /// <inheritdoc/>
    public void Merge(CountCell other) => Count += other.Count;
}
