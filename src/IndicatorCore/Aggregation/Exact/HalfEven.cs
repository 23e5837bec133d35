using System.Numerics;

namespace IndicatorCore.Aggregation.Exact;

/// <summary>Division to the nearest integer, ties to the even one (indicator-definitions 1.5).</summary>
internal static class HalfEven
{
    /// <summary>The integer nearest to <paramref name="numerator"/> ÷ <paramref name="denominator"/>.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static BigInteger Divide(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(numerator), BigInteger.Abs(denominator), out var remainder);
        var toHalf = (remainder << 1).CompareTo(BigInteger.Abs(denominator));
        if (toHalf > 0 || (toHalf == 0 && !quotient.IsEven))
        {
            quotient += BigInteger.One;
        }

        return numerator.Sign * denominator.Sign < 0 ? -quotient : quotient;
    }

    /// <summary>The integer nearest to <paramref name="numerator"/> ÷ <paramref name="denominator"/>.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    /// <exception cref="OverflowException">The quotient is 2¹²⁷.</exception>
    public static Int128 Divide(Int128 numerator, Int128 denominator)
    {
        var quotient = Divide(Magnitude(numerator), Magnitude(denominator));
        if (Int128.IsNegative(numerator) != Int128.IsNegative(denominator))
        {
            return unchecked(-(Int128)quotient);   // 2¹²⁷ is its own negation
        }

        return checked((Int128)quotient);
    }

    /// <summary>The integer nearest to <paramref name="numerator"/> ÷ <paramref name="denominator"/>.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static UInt128 Divide(UInt128 numerator, UInt128 denominator)
    {
        var quotient = numerator / denominator;
        var remainder = numerator - (quotient * denominator);
        var rest = denominator - remainder;   // never overflows, where twice the remainder could
        return remainder > rest || (remainder == rest && UInt128.IsOddInteger(quotient)) ? quotient + UInt128.One : quotient;
    }

    private static UInt128 Magnitude(Int128 value) =>
        unchecked((UInt128)(Int128.IsNegative(value) ? -value : value));
}
