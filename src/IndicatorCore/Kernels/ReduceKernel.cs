namespace IndicatorCore.Kernels;

internal static class ReduceKernel
{
    public static void SumRuns(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        var from = 0;
        for (var r = 0; r < ends.Length; r++)
        {
            var sum = 0L;
            for (var i = from; i < ends[r]; i++) { if (mask.IsEmpty || (mask[i >> 6] >> (i & 63) & 1) != 0) { sum += values[i]; } }
            matrix[(r * stride) + lane] = sum;
            from = ends[r];
        }
    }

    public static void MaxRuns(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, bool negate, Span<long> matrix, int stride, int lane)
    {
        var from = 0;
        for (var r = 0; r < ends.Length; r++)
        {
            var max = long.MinValue;
            for (var i = from; i < ends[r]; i++) { if (mask.IsEmpty || (mask[i >> 6] >> (i & 63) & 1) != 0) { max = Math.Max(max, negate ? -values[i] : values[i]); } }
            matrix[(r * stride) + lane] = max;
            from = ends[r];
        }
    }

    public static void Select(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, bool negate, long otherwise, Span<long> lane)
    {
        for (var i = 0; i < values.Length; i++) { lane[i] = mask.IsEmpty || (mask[i >> 6] >> (i & 63) & 1) != 0 ? (negate ? -values[i] : values[i]) : otherwise; }
    }
}
