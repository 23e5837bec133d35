using System.Numerics;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Log-linear buckets of integers (decisions D7): 128 sub-buckets a power of two, 0 and magnitudes below 256 exact, the sign mirrored. A
/// bucket is told by its representative, which lies in it.
/// </summary>
internal static class LogLinearBuckets
{
    /// <summary>The greatest relative error of a representative.</summary>
    public const double Alpha = 1.0 / 256;

    private const int SubBits = 7;

    /// <summary>The representative of a value's bucket: its lower edge and half its width, as an integer.</summary>
    public static long Representative(long value)
    {
        if (value == long.MinValue)
        {
            return value;   // the one magnitude of its bucket that occurs
        }

        var magnitude = Math.Abs(value);
        var shift = BitOperations.Log2((ulong)magnitude | 1) - SubBits;
        if (shift <= 0)
        {
            return value;
        }

        var middle = (magnitude >> shift << shift) + (1L << (shift - 1));
        return value < 0 ? -middle : middle;
    }
}
