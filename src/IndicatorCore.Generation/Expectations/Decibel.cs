using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Powers and levels in decibels by whole numbers (indicator-definitions 1.5): levels at 0.1 dB, powers by a table of 17 decimals.</summary>
internal static class Decibel
{
    private const int Places = 17;
    private const int Bits = 256;
    private static readonly BigInteger s_one = BigInteger.One << Bits;
    private static readonly BigInteger[] s_table = [.. Enumerable.Range(0, 100).Select(Root)];
    private static readonly BigInteger s_ln2 = Atanh(s_one / 3) * 2;
    private static readonly BigInteger s_ln10 = Ln(10 * s_one);

    /// <summary>10^(tenths/100) at 10⁻³³, for levels from −160 dBm on.</summary>
    public static BigInteger Power(int tenths)
    {
        var steps = (tenths + 1_600) / 100;
        return s_table[(tenths + 1_600) % 100] * BigInteger.Pow(10, steps);
    }

    /// <summary>The double nearest to 10 · log₁₀(power · 10⁻³³ / count).</summary>
    public static double Level(BigInteger power, BigInteger count)
    {
        var ln = Ln((power << Bits) / count) - (33 * s_ln10);
        return Exact.Nearest(10 * ln, s_ln10);
    }

    // the 100th root of 10^(step + 1700), to the nearest integer: 10^(step/100) with 17 decimals
    private static BigInteger Root(int step)
    {
        var power = BigInteger.Pow(10, step + (100 * Places));
        var (low, high) = (BigInteger.Pow(10, Places), BigInteger.Pow(10, Places + 1));
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (BigInteger.Pow(middle, 100) <= power)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return BigInteger.Pow((2 * low) + 1, 100) <= power << 100 ? low + 1 : low;
    }

    // of a fixed-point number above 0
    private static BigInteger Ln(BigInteger value)
    {
        var doublings = (int)value.GetBitLength() - 1 - Bits;
        var mantissa = doublings >= 0 ? value >> doublings : value << -doublings;
        return (doublings * s_ln2) + (2 * Atanh(((mantissa - s_one) << Bits) / (mantissa + s_one)));
    }

    private static BigInteger Atanh(BigInteger value)
    {
        var square = (value * value) >> Bits;
        var sum = BigInteger.Zero;
        for (var (term, odd) = (value, 1); !term.IsZero; (term, odd) = ((term * square) >> Bits, odd + 2))
        {
            sum += term / odd;
        }

        return sum;
    }
}
