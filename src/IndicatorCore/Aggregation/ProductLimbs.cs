using System.Numerics;
using System.Runtime.CompilerServices;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Products of two measures of a chunk's rows, each split into three signed parts of 42 bits, so that sums of parts stay short whatever the
/// products are: <c>a · b = p0 + p1 · 2^42 + p2 · 2^84</c>, all parts of its sign. The split is that of the row alone.
/// </summary>
internal sealed class ProductLimbs
{
    /// <summary>How many parts a product has.</summary>
    public const int Count = 3;

    /// <summary>Bits of a part.</summary>
    public const int Bits = 42;

    private const ulong Mask = (1UL << Bits) - 1;

    private readonly long[][] _limbs = [new long[RowChunk.Capacity], new long[RowChunk.Capacity], new long[RowChunk.Capacity]];
    private int _length;

    /// <summary>How many parts of the products at hand are not surely zero.</summary>
    public int Used { get; private set; }

    /// <summary>What all parts are within, to the next power of two.</summary>
    public ulong Magnitude { get; private set; }

    /// <summary>A part of each row's product.</summary>
    public ReadOnlySpan<long> Limb(int number) => _limbs[number].AsSpan(0, _length);

    /// <summary>The sum of products from the sums of their parts.</summary>
    public static BigInteger Combine(Int128 low, Int128 middle, Int128 high) => low + ((BigInteger)middle << Bits) + ((BigInteger)high << (2 * Bits));

    /// <summary>Multiplies row by row.</summary>
    /// <param name="left">A value a row; those that do not count are short or 0.</param>
    /// <param name="leftMagnitude">What its values are within, to the next power of two.</param>
    /// <param name="right">Another.</param>
    /// <param name="rightMagnitude">What those are within.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<long> left, ulong leftMagnitude, ReadOnlySpan<long> right, ulong rightMagnitude)
    {
        _length = left.Length;
        right = right[..left.Length];
        var bits = 128 - BitOperations.LeadingZeroCount(leftMagnitude) - BitOperations.LeadingZeroCount(rightMagnitude);
        var low = _limbs[0].AsSpan(0, left.Length);
        if (bits < Bits)
        {
            for (var row = 0; row < left.Length; row++)
            {
                low[row] = left[row] * right[row];
            }

            (Used, Magnitude) = (1, 1UL << bits);
            return;
        }

        var middle = _limbs[1].AsSpan(0, left.Length);
        if (bits < 63)
        {
            for (var row = 0; row < left.Length; row++)
            {
                var product = left[row] * right[row];
                var sign = product >> 63;
                var size = (ulong)((product ^ sign) - sign);
                low[row] = ((long)(size & Mask) ^ sign) - sign;
                middle[row] = ((long)(size >> Bits) ^ sign) - sign;
            }

            (Used, Magnitude) = (2, Mask);
            return;
        }

        var high = _limbs[2].AsSpan(0, left.Length);
        for (var row = 0; row < left.Length; row++)
        {
            var upper = Math.BigMul(Size(left[row]), Size(right[row]), out var lower);
            var sign = (left[row] ^ right[row]) >> 63;
            low[row] = ((long)(lower & Mask) ^ sign) - sign;
            middle[row] = ((long)(((lower >> Bits) | (upper << (64 - Bits))) & Mask) ^ sign) - sign;
            high[row] = ((long)(upper >> ((2 * Bits) - 64)) ^ sign) - sign;
        }

        (Used, Magnitude) = (Count, 1UL << Bits);

        static ulong Size(long value) => (ulong)((value ^ (value >> 63)) - (value >> 63));
    }
}
