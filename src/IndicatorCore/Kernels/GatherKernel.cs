using System.Numerics;
using System.Runtime.CompilerServices;

namespace IndicatorCore.Kernels;

/// <summary>Dictionary indices to codes.</summary>
internal static class GatherKernel
{
    /// <summary>Writes codes[indices[i]], or -1 where a row is not valid.</summary>
    /// <typeparam name="TIndex">The type of the indices.</typeparam>
    /// <param name="indices">An index a row; of valid rows they were validated, of others they may be anything.</param>
    /// <param name="codes">A code an entry of the dictionary.</param>
    /// <param name="valid">64 rows a word; empty when all are valid.</param>
    /// <param name="result">A code a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Remap<TIndex>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<int> codes, ReadOnlySpan<ulong> valid, Span<int> result)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        result = result[..indices.Length];
        if (valid.IsEmpty)
        {
            RemapAll(indices, codes, result);
            return;
        }

        if (codes.IsEmpty)
        {
            result.Fill(-1);
            return;
        }

        for (var from = 0; from < indices.Length; from += 64)
        {
            var rows = indices[from..Math.Min(from + 64, indices.Length)];
            var target = result.Slice(from, rows.Length);
            var word = valid[from >> 6];
            if (word == ulong.MaxValue >> (64 - rows.Length))
            {
                RemapAll(rows, codes, target);
                continue;
            }

            // no branch a row: entry 0 stands in for rows that are not valid
            for (var i = 0; i < rows.Length && i < target.Length; i++)
            {
                var keep = -(int)(word & 1);
                target[i] = codes[int.CreateTruncating(rows[i]) & keep] | ~keep;
                word >>= 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RemapAll<TIndex>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<int> codes, Span<int> result)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (var i = 0; i < indices.Length; i++)
        {
            result[i] = codes[int.CreateTruncating(indices[i])];
        }
    }
}
