using System.Numerics;

namespace IndicatorCore.Aggregation.Exact;

/// <summary>The square root of integers of any size.</summary>
internal static class IntegerSquareRoot
{
    /// <summary>The greatest integer whose square is not above <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static BigInteger Floor(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (value.IsZero)
        {
            return value;
        }

        // Newton from above: 2^⌈bits/2⌉ is above the root, and the sequence falls until it reaches the floor.
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>The root of a perfect square, or null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static BigInteger? Exact(BigInteger value)
    {
        var root = Floor(value);
        return root * root == value ? root : null;
    }
}
