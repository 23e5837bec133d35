namespace IndicatorCore.Reference.Kernels;

/// <summary>Reductions, row by row.</summary>
internal static class ReduceReference
{
    /// <summary>Sums a run.</summary>
    public static void SumRuns(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        var i = 0;
        for (var run = 0; run < ends.Length; run++)
        {
            var sum = 0L;
            for (; i < ends[run]; i++)
            {
                sum += BitmapReference.IsSet(mask, i) ? values[i] : 0;
            }

            matrix[(run * stride) + lane] = sum;
        }
    }

    /// <summary>The largest of a run.</summary>
    public static void MaxRuns(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, bool negate, Span<long> matrix, int stride, int lane)
    {
        var i = 0;
        for (var run = 0; run < ends.Length; run++)
        {
            var most = long.MinValue;
            for (; i < ends[run]; i++)
            {
                most = BitmapReference.IsSet(mask, i) ? Math.Max(most, negate ? -values[i] : values[i]) : most;
            }

            matrix[(run * stride) + lane] = most;
        }
    }

    /// <summary>The values that count.</summary>
    public static void Select(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, bool negate, long otherwise, Span<long> lane)
    {
        for (var i = 0; i < values.Length; i++)
        {
            lane[i] = BitmapReference.IsSet(mask, i) ? negate ? -values[i] : values[i] : otherwise;
        }
    }
}
