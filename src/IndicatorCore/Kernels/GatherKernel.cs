using System.Numerics;

namespace IndicatorCore.Kernels;

internal static class GatherKernel
{
    public static void Remap<TIndex>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<int> codes, ReadOnlySpan<ulong> valid, Span<int> result)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (var i = 0; i < indices.Length; i++) { result[i] = valid.IsEmpty || (valid[i >> 6] >> (i & 63) & 1) != 0 ? codes[int.CreateTruncating(indices[i])] : -1; }
    }
}
