using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>The least and the greatest value a run, of values as they lie in their column.</summary>
internal static class ExtremeKernel
{
    /// <summary>least[run] and greatest[run] = the extremes of the run's values.</summary>
    /// <param name="values">A value a row, none of them NaN; no run is empty.</param>
    /// <param name="from">The first row of the first run.</param>
    /// <param name="ends">The exclusive ends of the runs, ascending, none behind the values.</param>
    /// <param name="least">A value a run.</param>
    /// <param name="greatest">A value a run.</param>
    // optimised at its first call: a ready-to-run image would hold code for the smallest vectors, and tiering would run the
    // first batches in slow code
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Runs<T>(ReadOnlySpan<T> values, int from, ReadOnlySpan<int> ends, Span<T> least, Span<T> greatest)
        where T : unmanaged, INumber<T>
    {
        for (var run = 0; run < ends.Length; run++)
        {
            var rows = values[from..ends[run]];
            from = ends[run];
            if (Vector512.IsHardwareAccelerated && rows.Length >= Vector512<T>.Count)
            {
                // the last block may overlap the one before: what is looked at twice changes no extreme
                var low = Vector512.Create(rows[^Vector512<T>.Count..]);
                var high = low;
                foreach (ref readonly var block in MemoryMarshal.Cast<T, Vector512<T>>(rows))
                {
                    (low, high) = (Vector512.MinNative(low, block), Vector512.MaxNative(high, block));
                }

                (least[run], greatest[run]) = Across(
                    Vector256.MinNative(low.GetLower(), low.GetUpper()), Vector256.MaxNative(high.GetLower(), high.GetUpper()));
            }
            else if (Vector256.IsHardwareAccelerated && rows.Length >= Vector256<T>.Count)
            {
                var low = Vector256.Create(rows[^Vector256<T>.Count..]);
                var high = low;
                foreach (ref readonly var block in MemoryMarshal.Cast<T, Vector256<T>>(rows))
                {
                    (low, high) = (Vector256.MinNative(low, block), Vector256.MaxNative(high, block));
                }

                (least[run], greatest[run]) = Across(low, high);
            }
            else
            {
                var (low, high) = (rows[0], rows[0]);
                foreach (var value in rows[1..])
                {
                    (low, high) = (T.Min(low, value), T.Max(high, value));
                }

                (least[run], greatest[run]) = (low, high);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Least, T Greatest) Across<T>(Vector256<T> low, Vector256<T> high)
        where T : unmanaged, INumber<T>
    {
        var (least, greatest) = (Vector128.MinNative(low.GetLower(), low.GetUpper()), Vector128.MaxNative(high.GetLower(), high.GetUpper()));
        var (one, other) = (least[0], greatest[0]);
        for (var i = 1; i < Vector128<T>.Count; i++)
        {
            (one, other) = (T.Min(one, least[i]), T.Max(other, greatest[i]));
        }

        return (one, other);
    }
}
