using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>How great the values of a column are at most: as bits, so that NaN is greater than infinity, and infinity than any number.</summary>
internal static class MagnitudeKernel
{
    private const long DoubleSign = long.MinValue;
    private const int SingleSign = int.MinValue;

    /// <summary>The greatest absolute value; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<double> values)
    {
        var done = 0;
        var greatest = 0L;
        if (Vector512.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<double, Vector512<long>>(values);
            var (most, sign) = (Vector512<long>.Zero, Vector512.Create(DoubleSign));
            foreach (ref readonly var block in blocks)
            {
                most = Vector512.Max(most, Vector512.AndNot(block, sign));
            }

            done = blocks.Length * Vector512<long>.Count;
            for (var i = 0; i < Vector512<long>.Count; i++)
            {
                greatest = Math.Max(greatest, most[i]);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<double, Vector256<long>>(values);
            var (most, sign) = (Vector256<long>.Zero, Vector256.Create(DoubleSign));
            foreach (ref readonly var block in blocks)
            {
                most = Vector256.Max(most, Vector256.AndNot(block, sign));
            }

            done = blocks.Length * Vector256<long>.Count;
            for (var i = 0; i < Vector256<long>.Count; i++)
            {
                greatest = Math.Max(greatest, most[i]);
            }
        }

        foreach (var value in values[done..])
        {
            greatest = Math.Max(greatest, BitConverter.DoubleToInt64Bits(value) & ~DoubleSign);
        }

        return BitConverter.Int64BitsToDouble(greatest);
    }

    /// <summary>The greatest absolute value; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<float> values)
    {
        var done = 0;
        var greatest = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<float, Vector512<int>>(values);
            var (most, sign) = (Vector512<int>.Zero, Vector512.Create(SingleSign));
            foreach (ref readonly var block in blocks)
            {
                most = Vector512.Max(most, Vector512.AndNot(block, sign));
            }

            done = blocks.Length * Vector512<int>.Count;
            for (var i = 0; i < Vector512<int>.Count; i++)
            {
                greatest = Math.Max(greatest, most[i]);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var blocks = MemoryMarshal.Cast<float, Vector256<int>>(values);
            var (most, sign) = (Vector256<int>.Zero, Vector256.Create(SingleSign));
            foreach (ref readonly var block in blocks)
            {
                most = Vector256.Max(most, Vector256.AndNot(block, sign));
            }

            done = blocks.Length * Vector256<int>.Count;
            for (var i = 0; i < Vector256<int>.Count; i++)
            {
                greatest = Math.Max(greatest, most[i]);
            }
        }

        foreach (var value in values[done..])
        {
            greatest = Math.Max(greatest, BitConverter.SingleToInt32Bits(value) & ~SingleSign);
        }

        return BitConverter.Int32BitsToSingle(greatest);
    }

    /// <summary>A number that no absolute value exceeds, less than twice the greatest of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<int> values)
    {
        var done = 0;
        var seen = 0;   // the bits of all values, negative ones inverted
        if (Vector512.IsHardwareAccelerated)
        {
            var all = Vector512<int>.Zero;
            var blocks = MemoryMarshal.Cast<int, Vector512<int>>(values);
            foreach (ref readonly var block in blocks)
            {
                all |= block ^ (block >> 31);
            }

            done = blocks.Length * Vector512<int>.Count;
            for (var i = 0; i < Vector512<int>.Count; i++)
            {
                seen |= all[i];
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var all = Vector256<int>.Zero;
            var blocks = MemoryMarshal.Cast<int, Vector256<int>>(values);
            foreach (ref readonly var block in blocks)
            {
                all |= block ^ (block >> 31);
            }

            done = blocks.Length * Vector256<int>.Count;
            for (var i = 0; i < Vector256<int>.Count; i++)
            {
                seen |= all[i];
            }
        }

        foreach (var value in values[done..])
        {
            seen |= value ^ (value >> 31);
        }

        return seen + 1.0;
    }
}
