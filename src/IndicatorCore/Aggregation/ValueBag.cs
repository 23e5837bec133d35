using System.Numerics;

namespace IndicatorCore.Aggregation;

/// <summary>Values with their counts, for quantiles (indicator-definitions 1.6, decisions D7): what is kept is exact.</summary>
/// <param name="budget">What the memory is taken from; null = a passing one.</param>
internal sealed class ValueBag(MemoryBudget? budget)
{
    /// <summary>The most distinct values of a published figure that are told apart; beyond, buckets.</summary>
    public const int MaxExact = 65_536;

    private const int BytesPerValue = 40;
    private const int SubBucketBits = 7;   // 128 linear sub-buckets a power of two

    private readonly Dictionary<long, long> _counts = [];

    /// <summary>How many values there are, repeated ones included.</summary>
    public long Count { get; private set; }

    /// <summary>The values and how often each occurs, in no order.</summary>
    public IReadOnlyCollection<KeyValuePair<long, long>> Values => _counts;

    /// <summary>Adds a value several times.</summary>
    public void Add(long value, long count)
    {
        ref var mine = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out var exists);
        mine += count;
        Count += count;
        if (!exists)
        {
            budget?.Reserve(BytesPerValue, "the values of quantiles");
        }
    }

    /// <summary>Adds another bag's values.</summary>
    public void Merge(ValueBag other)
    {
        foreach (var (value, count) in other._counts)
        {
            Add(value, count);
        }
    }

    /// <summary>Gives the memory back; the bag is empty afterwards.</summary>
    public void Clear()
    {
        budget?.Release((long)_counts.Count * BytesPerValue);
        _counts.Clear();
        Count = 0;
    }

    /// <summary>The quantile by nearest rank: the value at place ceil(p·n) of the sorted values; null without values.</summary>
    /// <param name="numerator">The order p = numerator / denominator, above 0 and up to 1.</param>
    /// <param name="denominator">The same.</param>
    /// <returns>The value, and whether it is exact; else it is the middle of its bucket, off by less than 0.5 %.</returns>
    public (long Value, bool IsExact)? Quantile(long numerator, long denominator)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = (long)((((Int128)Count * numerator) + denominator - 1) / denominator);
        var isExact = _counts.Count <= MaxExact;
        var values = _counts.Keys.ToArray();
        Array.Sort(values);
        var seen = 0L;
        foreach (var value in values)
        {
            seen += _counts[value];
            if (seen >= rank)
            {
                return (isExact ? value : Representative(value), isExact);
            }
        }

        throw new InvalidOperationException("The counts of a bag do not add up.");
    }

    /// <summary>The integer midpoint of a value's bucket: buckets keep the order of values, so the rank finds the same one either way.</summary>
    public static long Representative(long value)
    {
        if (value < 0)
        {
            return value == long.MinValue ? value : -Representative(-value);
        }

        var shift = value == 0 ? 0 : BitOperations.Log2((ulong)value) - SubBucketBits;
        return shift <= 0 ? value : ((value >> shift) << shift) + (1L << (shift - 1));
    }
}
