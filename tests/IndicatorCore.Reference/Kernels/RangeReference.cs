using System.Numerics;

namespace IndicatorCore.Reference.Kernels;

/// <summary>Rows in a range, one by one.</summary>
internal static class RangeReference
{
    /// <summary>Marks the rows.</summary>
    public static void Mark<T>(ReadOnlySpan<T> values, T low, T high, Span<ulong> bits)
        where T : INumber<T>
    {
        bits[..((values.Length + 63) / 64)].Clear();
        for (var i = 0; i < values.Length; i++)
        {
            bits[i / 64] |= values[i] >= low && values[i] <= high ? 1UL << (i % 64) : 0;
        }
    }
}
