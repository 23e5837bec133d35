using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Sums of 32-bit integers a run, in 64 bits, times a factor.</summary>
internal static class IntegerSumKernel
{
    /// <summary>matrix[run * stride + lane] = factor × the sum of the run's values; the caller knows that it fits.</summary>
    /// <param name="values">A value a row.</param>
    /// <param name="factor">What each counts.</param>
    /// <param name="ends">The exclusive ends of the runs, ascending, none behind the values.</param>
    /// <param name="matrix">A row of <paramref name="stride"/> numbers a run.</param>
    /// <param name="stride">The numbers a run.</param>
    /// <param name="lane">Which of them is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRuns(ReadOnlySpan<int> values, long factor, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)
    {
        var from = 0;
        for (var run = 0; run < ends.Length; run++)
        {
            var rows = values[from..ends[run]];
            var sum = 0L;
            var done = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                var blocks = MemoryMarshal.Cast<int, Vector256<int>>(rows);
                var (low, high) = (Vector256<long>.Zero, Vector256<long>.Zero);
                foreach (ref readonly var block in blocks)
                {
                    low += Vector256.WidenLower(block);
                    high += Vector256.WidenUpper(block);
                }

                sum = Vector256.Sum(low + high);
                done = blocks.Length * Vector256<int>.Count;
            }

            foreach (var value in rows[done..])
            {
                sum += value;
            }

            matrix[(run * stride) + lane] = sum * factor;
            from = ends[run];
        }
    }
}
