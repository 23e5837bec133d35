using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Reference.Kernels;

/// <summary>Sums of doubles in vectors and their own order: what exact sums are measured against.</summary>
internal static class SumReference
{
    /// <summary>The sum of whole blocks of 32 values.</summary>
    public static double OfDoubles(ReadOnlySpan<double> values)
    {
        var blocks = MemoryMarshal.Cast<double, Vector512<double>>(values);
        var (a, b, c, d) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (; blocks.Length >= 4; blocks = blocks[4..])
        {
            a += blocks[0];
            b += blocks[1];
            c += blocks[2];
            d += blocks[3];
        }

        return Vector512.Sum(a + b + (c + d));
    }
}
