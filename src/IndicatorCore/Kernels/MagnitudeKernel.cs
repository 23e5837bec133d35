using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IndicatorCore.Kernels;

/// <summary>How great the values of a column are at most: as bits, so that NaN is greater than infinity, and infinity than any number.</summary>
internal static class MagnitudeKernel
{
    /// <summary>The greatest absolute value; NaN where there is one.</summary>
    public static double Of(ReadOnlySpan<double> values) =>
        BitConverter.Int64BitsToDouble(Greatest(MemoryMarshal.Cast<double, long>(values), long.MaxValue));

    /// <summary>The greatest absolute value; NaN where there is one.</summary>
    public static double Of(ReadOnlySpan<float> values) =>
        BitConverter.Int32BitsToSingle(Greatest(MemoryMarshal.Cast<float, int>(values), int.MaxValue));

    /// <summary>The greatest absolute value.</summary>
    public static double Of(ReadOnlySpan<int> values)
    {
        var (least, greatest) = (Vector<int>.Zero, Vector<int>.Zero);
        var blocks = MemoryMarshal.Cast<int, Vector<int>>(values);
        foreach (ref readonly var block in blocks)
        {
            least = Vector.Min(least, block);
            greatest = Vector.Max(greatest, block);
        }

        var (low, high) = (0, 0);
        for (var i = 0; i < Vector<int>.Count; i++)
        {
            (low, high) = (Math.Min(low, least[i]), Math.Max(high, greatest[i]));
        }

        foreach (var value in values[(blocks.Length * Vector<int>.Count)..])
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return Math.Max(-(double)low, high);
    }

    // the sign masked away, the bits of floating-point numbers are in the order of their magnitudes
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Greatest<T>(ReadOnlySpan<T> bits, T mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (masks, most) = (new Vector<T>(mask), Vector<T>.Zero);
        var blocks = MemoryMarshal.Cast<T, Vector<T>>(bits);
        foreach (ref readonly var block in blocks)
        {
            most = Vector.Max(most, block & masks);
        }

        var greatest = T.Zero;
        for (var i = 0; i < Vector<T>.Count; i++)
        {
            greatest = T.Max(greatest, most[i]);
        }

        foreach (var value in bits[(blocks.Length * Vector<T>.Count)..])
        {
            greatest = T.Max(greatest, value & mask);
        }

        return greatest;
    }
}
