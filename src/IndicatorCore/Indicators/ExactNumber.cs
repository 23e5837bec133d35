using System.Numerics;

namespace IndicatorCore.Indicators;

/// <summary>An exact decimal number: <c>Unscaled · 10^-Scale</c>. May exceed 2^53 and the range of decimal.</summary>
/// <param name="Unscaled">The digits as an integer.</param>
/// <param name="Scale">How many of them stand behind the point, at least 0.</param>
public readonly record struct ExactNumber(BigInteger Unscaled, int Scale = 0)
{
    /// <summary>An integer.</summary>
    public static implicit operator ExactNumber(long value) => new(value);

    /// <summary>The named form of the conversion from an integer.</summary>
    public static ExactNumber FromInt64(long value) => new(value);

    /// <summary>Without exponent, trailing zeros cut, such as <c>1230</c> or <c>-0.25</c>.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString();
        if (Scale > 0)
        {
            digits = digits.PadLeft(Scale + 1, '0');
            var whole = digits[..^Scale];
            var fraction = digits[^Scale..].TrimEnd('0');
            digits = fraction.Length == 0 ? whole : $"{whole}.{fraction}";
        }

        return Unscaled.Sign < 0 && digits != "0" ? "-" + digits : digits;
    }
}
