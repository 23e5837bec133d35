namespace IndicatorCore.Aggregation.Ordered;

/// <summary>What a counter tells between two readings.</summary>
/// <param name="Start">The first reading, UTC nanoseconds since 1970.</param>
/// <param name="End">The second reading, after the first.</param>
/// <param name="Bytes">The bytes between them; -1 = the counter was reset, and nobody knows.</param>
internal readonly record struct CounterSpan(long Start, long End, long Bytes)
{
    /// <summary>Whether the counter was reset.</summary>
    public bool IsReset => Bytes < 0;
}
