namespace IndicatorCore.Aggregation;

/// <summary>The union of samples of a group and window, and its quantiles by nearest rank (indicator-definitions 1.6).</summary>
internal sealed class QuantileTotals
{
    private readonly List<ValueSample> _parts = [];

    /// <summary>Values in all.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a sample, which must stay as it is until the answer is made.</summary>
    public void Add(ValueSample sample)
    {
        if (sample.Count > 0)
        {
            _parts.Add(sample);
            Count += sample.Count;
        }
    }

    /// <summary>Adds the samples of another union.</summary>
    public void Add(QuantileTotals other)
    {
        _parts.AddRange(other._parts);
        Count += other.Count;
    }

    /// <summary>The nearest rank of a quantile: ⌈percent · n ÷ 100⌉, at least 1.</summary>
    /// <param name="percent">From 0 to 100.</param>
    /// <param name="count">The size of the sample, above 0.</param>
    public static long Rank(int percent, long count) => Rank(percent, 100, count);

    /// <summary>The nearest rank of a quantile: ⌈numerator · n ÷ denominator⌉, at least 1.</summary>
    /// <param name="numerator">From 0 to the denominator.</param>
    /// <param name="denominator">Above 0.</param>
    /// <param name="count">The size of the sample, above 0.</param>
    public static long Rank(long numerator, long denominator, long count)
    {
        var product = Math.BigMul(numerator, count, out var low);
        return product == 0 && low >= 0 && low <= long.MaxValue - denominator
            ? Math.Max(1, (low + denominator - 1) / denominator)
            : Math.Max(1, (long)((((Int128)numerator * count) + denominator - 1) / denominator));
    }

    /// <summary>The values of ranks from 1 to <see cref="Count"/>, exact while the union has at most 65,536 distinct values.</summary>
    /// <param name="newSample">Makes an empty sample for the union.</param>
    /// <param name="ranks">The ranks; may be empty.</param>
    public QuantileAnswer Select(Func<ValueSample> newSample, params ReadOnlySpan<long> ranks)
    {
        var values = new long[ranks.Length];
        if (_parts.Count == 0)
        {
            return new QuantileAnswer(values, 0, 0, 0, IsBucketed: false);
        }

        var union = Unite(newSample);
        try
        {
            union.Select(ranks, values);
            return new QuantileAnswer(values, union.Count, union.Min, union.Max, union.IsBucketed);
        }
        finally
        {
            Release(union);
        }
    }

    /// <summary>The distinct values in ascending order with their counts; beyond 65,536 of them representatives of buckets.</summary>
    /// <param name="newSample">Makes an empty sample for the union.</param>
    public (long[] Values, long[] Counts, bool IsBucketed) Distinct(Func<ValueSample> newSample)
    {
        if (_parts.Count == 0)
        {
            return ([], [], false);
        }

        var union = Unite(newSample);
        try
        {
            var (values, counts) = union.Sorted();
            return (values, counts, union.IsBucketed);
        }
        finally
        {
            Release(union);
        }
    }

    private ValueSample Unite(Func<ValueSample> newSample)
    {
        if (_parts is [var only])
        {
            return only;
        }

        var union = newSample();
        foreach (var part in _parts)
        {
            union.MergeFrom(part);
        }

        return union;
    }

    // a sample of the state stays
    private void Release(ValueSample union)
    {
        if (_parts.Count > 1)
        {
            union.Clear();
        }
    }
}
