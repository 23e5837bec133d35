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

    /// <summary>The same for a short divisor: the bits of the quotient come from double estimates, whose remainders put them right.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static UInt128 Divide(UInt128 numerator, ulong denominator)
    {
        const ulong MostDenominator = 1UL << 49;   // so that the remainder of an estimate, at most 2¹³ denominators off, fits 64 bits
        const double MostQuotient = 1UL << 63;
        const double HighUnit = 4_294_967_296.0 * 4_294_967_296.0;
        ulong high = 0, upper = (ulong)(numerator >> 64), lower = (ulong)numerator;
        if (upper >= denominator)
        {
            (high, upper) = Math.DivRem(upper, denominator);
        }

        var estimate = ((upper * HighUnit) + lower) / denominator;
        if (denominator > MostDenominator || estimate >= MostQuotient)
        {
            return Divide(numerator, (UInt128)denominator);
        }

        var quotient = (ulong)estimate;
        var remainder = unchecked((long)(lower - (quotient * denominator)));   // the estimate is off by some units, so the upper halves cancel
        var correction = (long)((double)remainder / denominator);
        quotient = unchecked(quotient + (ulong)correction);
        remainder -= correction * (long)denominator;
        while (remainder < 0)
        {
            remainder += (long)denominator;
            quotient--;
        }

        while (remainder >= (long)denominator)
        {
            remainder -= (long)denominator;
            quotient++;
        }

        var twice = 2 * (ulong)remainder;
        var whole = new UInt128(high, quotient);
        return twice > denominator || (twice == denominator && (quotient & 1) != 0) ? whole + UInt128.One : whole;
    }

    private static UInt128 Magnitude(Int128 value) =>
        unchecked((UInt128)(Int128.IsNegative(value) ? -value : value));
}
