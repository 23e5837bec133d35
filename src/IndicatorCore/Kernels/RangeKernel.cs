

namespace IndicatorCore.Kernels;

internal static class RangeKernel
{
    public static void Mark(ReadOnlySpan<long> values, long low, long high, Span<ulong> bits)
    {
        bits.Clear();
        for (var i = 0; i < values.Length; i++) { if (values[i] >= low && values[i] <= high) { bits[i >> 6] |= 1UL << (i & 63); } }
    }
}
