using System.Numerics;

namespace IndicatorCore.Aggregation.Exact;

/// <summary>Doubles nearest to exact numbers, ties to the even one: the only way an exact ratio becomes a published value (D6).</summary>
internal static class ExactRatio
{
    private const int FractionBits = 52;
    private const int LeastExponent = -1074;
    private const int GuardBits = 96;

    /// <summary>The double nearest to <paramref name="numerator"/> ÷ <paramref name="denominator"/>; ±∞ beyond the range of double.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static double ToDouble(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        if (numerator.IsZero)
        {
            return 0;
        }

        var isNegative = numerator.Sign != denominator.Sign;
        var dividend = BigInteger.Abs(numerator);
        var divisor = BigInteger.Abs(denominator);

        // A quotient of 66 or 67 bits holds the 53 bits wanted, the deciding bit and more.
        var shift = 66 - dividend.GetBitLength() + divisor.GetBitLength();
        if (shift > 0)
        {
            dividend <<= (int)shift;
        }
        else
        {
            divisor <<= (int)-shift;
        }

        var quotient = (UInt128)BigInteger.DivRem(dividend, divisor, out var remainder);
        return Compose(isNegative, quotient, -shift, !remainder.IsZero);
    }

    /// <summary>The double nearest to the square root of <paramref name="numerator"/> ÷ <paramref name="denominator"/>.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is negative.</exception>
    public static double SqrtToDouble(BigInteger numerator, BigInteger denominator) =>
        AddSqrtToDouble(BigInteger.Zero, BigInteger.One, 1, numerator, denominator);

    /// <summary>The double nearest to √(numerator ÷ denominator) − 1, rounded once.</summary>
    /// <inheritdoc cref="SqrtToDouble" path="/exception"/>
    public static double SqrtMinusOneToDouble(BigInteger numerator, BigInteger denominator) =>
        AddSqrtToDouble(BigInteger.MinusOne, BigInteger.One, 1, numerator, denominator);

    /// <summary>The double nearest to 1 − √(numerator ÷ denominator), rounded once.</summary>
    /// <inheritdoc cref="SqrtToDouble" path="/exception"/>
    public static double OneMinusSqrtToDouble(BigInteger numerator, BigInteger denominator) =>
        AddSqrtToDouble(BigInteger.One, BigInteger.One, -1, numerator, denominator);

    /// <summary>The double nearest to <c>termNumerator ÷ termDenominator + sign · √(numerator ÷ denominator)</c>, rounded once.</summary>
    /// <param name="termNumerator">Numerator of the rational term.</param>
    /// <param name="termDenominator">Denominator of the rational term, above zero.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="numerator">Numerator under the root.</param>
    /// <param name="denominator">Denominator under the root.</param>
    /// <inheritdoc cref="SqrtToDouble" path="/exception"/>
    public static double AddSqrtToDouble(
        BigInteger termNumerator, BigInteger termDenominator, int sign, BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(termDenominator);
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        ArgumentOutOfRangeException.ThrowIfNegative(numerator.Sign * denominator.Sign, nameof(numerator));
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        numerator = BigInteger.Abs(numerator) / common;
        denominator = BigInteger.Abs(denominator) / common;

        // A rational root gives a rational sum, which may lie on a tie and is rounded as it is.
        if (IntegerSquareRoot.Exact(numerator) is { } upper && IntegerSquareRoot.Exact(denominator) is { } lower)
        {
            return ToDouble((termNumerator * lower) + (sign * upper * termDenominator), termDenominator * lower);
        }

        // An irrational sum never lies on a tie: with enough guard bits the ends of its enclosure round alike (Ziv 1991).
        // √(n/d) = √(n·d)/d, so the enclosure is [floor, floor + 1] ÷ (d · 2^bits).
        var product = numerator * denominator;
        var scale = termDenominator * denominator;
        for (var bits = GuardBits + (int)denominator.GetBitLength(); ; bits *= 2)
        {
            var root = IntegerSquareRoot.Floor(product << (2 * bits));
            var term = (termNumerator * denominator) << bits;
            var first = ToDouble(term + (sign * root * termDenominator), scale << bits);
            var second = ToDouble(term + (sign * (root + BigInteger.One) * termDenominator), scale << bits);
            if (BitConverter.DoubleToInt64Bits(first) == BitConverter.DoubleToInt64Bits(second))
            {
                return first;
            }
        }
    }

    /// <summary>(quotient + a fraction below one if inexact) · 2^exponent, rounded to double.</summary>
    private static double Compose(bool isNegative, UInt128 quotient, long exponent, bool isInexact)
    {
        var bits = 128 - (int)UInt128.LeadingZeroCount(quotient);

        // Subnormals keep fewer bits: the last bit kept never weighs less than 2^-1074.
        var drop = Math.Max(bits - FractionBits - 1, LeastExponent - exponent);
        if (drop > bits)
        {
            return isNegative ? -0.0 : 0.0;
        }

        var significand = drop >= 128 ? 0UL : (ulong)(quotient >> (int)drop);
        var half = UInt128.One << (int)(drop - 1);
        var rest = quotient & ((half << 1) - UInt128.One);
        if (rest > half || (rest == half && (isInexact || (significand & 1) != 0)))
        {
            significand++;
        }

        // A carry into bit 53 is what the exponent field wants: adding the fields instead of joining them lets it ripple.
        var last = exponent + drop;
        var encoded = significand;
        if (significand >> FractionBits != 0)
        {
            var field = last - LeastExponent;
            if (field >= 2046)
            {
                return isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            }

            encoded = ((ulong)field << FractionBits) + significand;
        }

        var magnitude = BitConverter.UInt64BitsToDouble(encoded);
        return isNegative ? -magnitude : magnitude;
    }
}
