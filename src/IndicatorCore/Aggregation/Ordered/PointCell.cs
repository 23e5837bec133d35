namespace IndicatorCore.Aggregation.Ordered;

/// <summary>The points of a slot; made when the first comes.</summary>
internal struct PointCell : IMergeable<PointCell>
{
    /// <summary>The points, or null while there is none.</summary>
    public PointSet? Points;

    /// <summary>Takes over the other's points; sets that are both there are merged by <see cref="PointStore"/>.</summary>
    public void Merge(PointCell other) => Points ??= other.Points;
}
