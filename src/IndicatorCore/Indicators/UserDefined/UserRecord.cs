namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A slot's accumulators as longs, in the order of its plan: counts and sums add, extremes take the greater.</summary>
internal static class UserRecord
{
    /// <summary>A record of nothing, as the plan lays it out.</summary>
    public static long[] Empty(UserPlan plan)
    {
        var record = new long[plan.RecordLength];
        record.AsSpan(plan.ExtremesAt, plan.Extremes.Length).Fill(long.MinValue);
        return record;
    }

    /// <summary>A sum in a record.</summary>
    /// <param name="halves">Its low and high half.</param>
    public static Int128 Sum(ReadOnlySpan<long> halves) => new((ulong)halves[1], (ulong)halves[0]);

    /// <summary>Adds to a sum in a record.</summary>
    /// <param name="halves">Its low and high half.</param>
    /// <param name="value">What is added.</param>
    public static void Add(Span<long> halves, Int128 value)
    {
        var sum = Sum(halves) + value;
        halves[0] = (long)(ulong)sum;
        halves[1] = (long)(ulong)(sum >> 64);
    }

    /// <summary>Adds counts.</summary>
    public static void AddCounts(Span<long> mine, ReadOnlySpan<long> other)
    {
        for (var i = 0; i < mine.Length; i++)
        {
            mine[i] += other[i];
        }
    }

    /// <summary>Takes the greater of extremes.</summary>
    public static void Raise(Span<long> mine, ReadOnlySpan<long> other)
    {
        for (var i = 0; i < mine.Length; i++)
        {
            mine[i] = Math.Max(mine[i], other[i]);
        }
    }

    /// <summary>Adds sums.</summary>
    public static void AddSums(Span<long> mine, ReadOnlySpan<long> other)
    {
        for (var i = 0; i < mine.Length; i += 2)
        {
            Add(mine.Slice(i, 2), Sum(other.Slice(i, 2)));
        }
    }
}
