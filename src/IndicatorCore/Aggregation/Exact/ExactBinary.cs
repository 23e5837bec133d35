using System.Numerics;

namespace IndicatorCore.Aggregation.Exact;

/// <summary>Finite doubles as the integers that they are at 2⁻¹⁰⁷⁴, the weight of the last bit of the least of them.</summary>
internal static class ExactBinary
{
    private const int LeastExponent = -1074;
    private const int FractionBits = 52;

    /// <summary>1 at this scale.</summary>
    public static BigInteger One { get; } = BigInteger.One << -LeastExponent;

    /// <summary>A double, exactly.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number.</exception>
    public static BigInteger Scaled(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers are exact.");
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> FractionBits) & 0x7FF;
        var fraction = bits & ((1L << FractionBits) - 1);
        var significand = exponent == 0 ? fraction : fraction | (1L << FractionBits);
        var scaled = (BigInteger)significand << Math.Max(0, exponent - 1);
        return bits < 0 ? -scaled : scaled;
    }
}
