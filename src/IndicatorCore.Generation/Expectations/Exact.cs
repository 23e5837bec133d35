using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Exact arithmetic on integers: rounded quotients, nearest doubles, decimal texts.</summary>
internal static class Exact
{
    /// <summary>The integer nearest to <paramref name="numerator"/> / <paramref name="denominator"/>, half to even; neither is negative.</summary>
    public static BigInteger RoundedQuotient(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = remainder * 2;
        return twice > denominator || (twice == denominator && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>The double nearest to <paramref name="numerator"/> / <paramref name="denominator"/>, half to even.</summary>
    public static double Nearest(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        var isNegative = numerator.Sign != denominator.Sign;
        var (top, bottom) = (BigInteger.Abs(numerator), BigInteger.Abs(denominator));

        // A quotient of 64 bits or more, its last bit made odd when something is cut off, rounds correctly in the conversion below.
        var shift = (int)(bottom.GetBitLength() - top.GetBitLength()) + 66;
        var quotient = shift >= 0
            ? BigInteger.DivRem(top << shift, bottom, out var remainder)
            : BigInteger.DivRem(top, bottom << -shift, out remainder);
        var extra = (int)quotient.GetBitLength() - 64;
        var bits = (ulong)(quotient >> extra);
        if (!remainder.IsZero || ((BigInteger)bits << extra) != quotient)
        {
            bits |= 1;
        }

        // 64 bits to 53, half to even; the cut bits decide.
        var mantissa = bits >> 11;
        var rest = bits & 0x7FF;
        if (rest > 0x400 || (rest == 0x400 && (mantissa & 1) == 1))
        {
            mantissa++;
        }

        var value = Math.ScaleB(mantissa, 11 + extra - shift);
        return isNegative ? -value : value;
    }

    /// <summary>The double nearest to sqrt(numerator / denominator) − 1.</summary>
    public static double RootMinusOne(BigInteger numerator, BigInteger denominator)
    {
        var (root, unit) = Root(numerator, denominator);
        return Nearest(root - unit, unit);
    }

    /// <summary>sqrt(numerator / denominator) as a fraction good to 200 bits; exact when the root is.</summary>
    public static (BigInteger Root, BigInteger Unit) Root(BigInteger numerator, BigInteger denominator)
    {
        const int Bits = 200;
        var scaled = BigInteger.DivRem(numerator << (2 * Bits), denominator, out var remainder);
        var root = IntegerRoot(scaled);

        // An inexact root is named by its middle, so that it never looks like a tie.
        return remainder.IsZero && root * root == scaled
            ? (root, BigInteger.One << Bits)
            : ((root * 2) + 1, BigInteger.One << (Bits + 1));
    }

    /// <summary><paramref name="unscaled"/> · 10^-<paramref name="scale"/> without exponent, trailing zeros cut.</summary>
    public static string Text(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString().PadLeft(scale + 1, '0');
        var fraction = digits[^scale..].TrimEnd('0');
        var text = scale == 0 ? digits : fraction.Length == 0 ? digits[..^scale] : $"{digits[..^scale]}.{fraction}";
        return unscaled.Sign < 0 ? "-" + text : text;
    }

    private static BigInteger IntegerRoot(BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }

        // Newton from above ends at the floor of the root.
        var guess = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (guess + (value / guess)) >> 1;
            if (next >= guess)
            {
                return guess;
            }

            guess = next;
        }
    }
}
