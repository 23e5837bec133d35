namespace IndicatorCore.Aggregation;

/// <summary>Integer state of one slot: <c>default</c> is empty, merging is commutative and associative.</summary>
internal interface IMergeable<T>
    where T : struct
{
    /// <summary>Adds what <paramref name="other"/> has counted.</summary>
    void Merge(T other);
}
