namespace IndicatorCore.Aggregation;

/// <summary>Quantiles of a sample.</summary>
/// <param name="Values">One a rank that was asked for.</param>
/// <param name="Count">Values in the sample.</param>
/// <param name="Min">The least, exact; 0 of an empty sample.</param>
/// <param name="Max">The greatest, exact; 0 of an empty sample.</param>
/// <param name="IsBucketed">Whether <paramref name="Values"/> are representatives of buckets, within <see cref="LogLinearBuckets.Alpha"/>.</param>
internal readonly record struct QuantileAnswer(long[] Values, long Count, long Min, long Max, bool IsBucketed);
