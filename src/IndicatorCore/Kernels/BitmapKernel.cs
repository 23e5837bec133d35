

namespace IndicatorCore.Kernels;

internal static class BitmapKernel
{
    public static int Count(ReadOnlySpan<ulong> bits, int from, int to)
    {
        var n = 0;
        for (var i = from; i < to; i++) { n += (int)(bits[i >> 6] >> (i & 63) & 1); }
        return n;
    }

    public static void And(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result) { for (var i = 0; i < a.Length; i++) { result[i] = a[i] & b[i]; } }

    public static void Or(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result) { for (var i = 0; i < a.Length; i++) { result[i] = a[i] | b[i]; } }

    public static void AndNot(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result) { for (var i = 0; i < a.Length; i++) { result[i] = a[i] & ~b[i]; } }

    public static void Fill(Span<ulong> bits, int length) { bits.Clear(); for (var i = 0; i < length; i++) { bits[i >> 6] |= 1UL << (i & 63); } }

    public static void FromArrow(ReadOnlySpan<byte> bitmap, int start, int length, Span<ulong> bits)
    {
        bits.Clear();
        for (var i = 0; i < length; i++) { if (bitmap.IsEmpty || (bitmap[(start + i) >> 3] >> ((start + i) & 7) & 1) != 0) { bits[i >> 6] |= 1UL << (i & 63); } }
    }

    public static void Equal(ReadOnlySpan<byte> values, byte value, Span<ulong> bits)
    {
        bits.Clear();
        for (var i = 0; i < values.Length; i++) { if (values[i] == value) { bits[i >> 6] |= 1UL << (i & 63); } }
    }

    public static void NotNegative(ReadOnlySpan<int> keys, Span<ulong> bits)
    {
        bits.Clear();
        for (var i = 0; i < keys.Length; i++) { if (keys[i] >= 0) { bits[i >> 6] |= 1UL << (i & 63); } }
    }

    public static void CountRuns(ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        var from = 0;
        for (var r = 0; r < ends.Length; r++)
        {
            matrix[(r * stride) + lane] = Count(low, from, ends[r]) | (high.IsEmpty ? 0L : (long)Count(high, from, ends[r]) << 32);
            from = ends[r];
        }
    }

    public static void Spread(ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, int length, Span<long> lane)
    {
        for (var i = 0; i < length; i++) { lane[i] = (long)(low[i >> 6] >> (i & 63) & 1) | (high.IsEmpty ? 0L : (long)(high[i >> 6] >> (i & 63) & 1) << 32); }
    }
}
