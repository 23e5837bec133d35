using System.Numerics;

namespace IndicatorCore.Reference.Kernels;

/// <summary>Indices to codes, one by one.</summary>
internal static class GatherReference
{
    /// <summary>Looks every code up.</summary>
    public static void Remap<TIndex>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<int> codes, ReadOnlySpan<ulong> valid, Span<int> result)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (var i = 0; i < indices.Length; i++)
        {
            result[i] = BitmapReference.IsSet(valid, i) ? codes[int.CreateChecked(indices[i])] : -1;
        }
    }
}
