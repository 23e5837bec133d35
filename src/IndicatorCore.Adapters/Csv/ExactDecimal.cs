using System.Globalization;
using System.Numerics;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>A decimal number with at most 20 digits before and 18 behind the point, trailing zeros cut.</summary>
/// <remarks>A longer fraction is cut, and a last digit 0 or 5 then raised by one, so that any later rounding to fewer digits gives the same
/// as rounding the exact value once.</remarks>
/// <param name="Mantissa">The value times ten to the power of <paramref name="Scale"/>.</param>
/// <param name="Scale">Digits behind the point, 0 to 18.</param>
internal readonly record struct ExactDecimal(Int128 Mantissa, int Scale)
{
    public const int MaxScale = 18;
    private const int MaxWholeDigits = 20;
    private const int MaxExponent = 400;

    private static readonly BigInteger s_scaleLimit = BigInteger.Pow(10, MaxScale);
    private static readonly BigInteger s_limit = BigInteger.Pow(10, MaxScale + MaxWholeDigits);

    /// <summary>The mantissa at another scale, which is not below <see cref="Scale"/>.</summary>
    public Int128 At(int scale)
    {
        var value = Mantissa;
        for (var i = Scale; i < scale; i++)
        {
            value *= 10;
        }

        return value;
    }

    /// <summary>Reads a number: digits, at most one point, perhaps an exponent.</summary>
    /// <returns>Null, or the quarantine reason.</returns>
    public static string? Parse(ReadOnlySpan<byte> text, out ExactDecimal value)
    {
        value = default;
        var isNegative = false;
        var at = 0;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            at = 1;
        }

        long small = 0;
        var (digits, scale, point) = (0, 0, false);
        var start = at;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
                scale += point ? 1 : 0;
                small = digits <= 18 ? (small * 10) + (c - '0') : small;
            }
            else if (c == '.' && !point)
            {
                point = true;
            }
            else
            {
                break;
            }
        }

        if (digits == 0)
        {
            return QuarantineReason.Unparseable;
        }

        if (at == text.Length && digits <= 18)
        {
            value = Trimmed(isNegative ? -small : small, scale);
            return null;
        }

        return ParseLong(text, start, at, scale, isNegative, out value);
    }

    /// <summary>The exact product, cut to what can be stored.</summary>
    /// <returns>Null, or the quarantine reason.</returns>
    public static string? Multiply(ExactDecimal left, ExactDecimal right, out ExactDecimal value) => FromRatio(
        (BigInteger)left.Mantissa * (BigInteger)right.Mantissa,
        BigInteger.Pow(10, left.Scale + right.Scale),
        out value);

    /// <summary>The exact product with a factor, cut to what can be stored.</summary>
    /// <returns>Null, or the quarantine reason.</returns>
    public static string? Multiply(ExactDecimal number, ExactFraction factor, out ExactDecimal value) => FromRatio(
        (BigInteger)number.Mantissa * factor.Numerator,
        BigInteger.Pow(10, number.Scale) * factor.Denominator,
        out value);

    /// <summary>The nearest double; exact sources of up to 15 digits come back from it unchanged.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>Plain decimal text.</summary>
    public override string ToString()
    {
        var digits = Int128.Abs(Mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Mantissa < 0 ? "-" : string.Empty;
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    private static string? ParseLong(ReadOnlySpan<byte> text, int start, int end, int scale, bool isNegative, out ExactDecimal value)
    {
        value = default;
        var exponent = 0;
        var hasExponent = end < text.Length;
        if (hasExponent && (text[end] is not ((byte)'e' or (byte)'E') || !TryExponent(text[(end + 1)..], out exponent)))
        {
            return QuarantineReason.Unparseable;
        }

        if (text.Length > MaxExponent || Math.Abs(exponent) > MaxExponent)
        {
            return QuarantineReason.OutOfScale;
        }

        var digits = string.Concat(System.Text.Encoding.ASCII.GetString(text[start..end]).Split('.'));
        var mantissa = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * (isNegative ? -1 : 1);
        var power = exponent - scale;
        var (numerator, denominator) = power >= 0
            ? (mantissa * BigInteger.Pow(10, power), BigInteger.One)
            : (mantissa, BigInteger.Pow(10, -power));
        return hasExponent && !mantissa.IsZero && (numerator % denominator).IsZero
            ? QuarantineReason.PrecisionLost
            : FromRatio(numerator, denominator, out value);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        return text.Length is > 0 and <= 6 && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    private static string? FromRatio(BigInteger numerator, BigInteger denominator, out ExactDecimal value)
    {
        value = default;
        var scaled = BigInteger.DivRem(BigInteger.Abs(numerator) * s_scaleLimit, denominator, out var rest);
        if (!rest.IsZero && (scaled % 5).IsZero)
        {
            scaled += 1;
        }

        if (scaled >= s_limit)
        {
            return QuarantineReason.OutOfScale;
        }

        value = Trimmed((Int128)(numerator.Sign < 0 ? -scaled : scaled), MaxScale);
        return null;
    }

    private static ExactDecimal Trimmed(Int128 mantissa, int scale)
    {
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        return new ExactDecimal(mantissa, scale);
    }
}
