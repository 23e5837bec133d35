using System.Globalization;
using System.Numerics;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A number of a definition file, exactly as written: <c>Digits · 10^Exponent</c>.</summary>
internal readonly record struct ExactLiteral(BigInteger Digits, int Exponent)
{
    private const int MostDigits = 60;
    private const int MostExponent = 400;   // doubles end at 10^308

    /// <summary>Reads a number.</summary>
    /// <exception cref="Errors.ConfigurationException">It is none, or too long.</exception>
    public static ExactLiteral Read(ConfigurationNode node)
    {
        if (!node.IsNumber)
        {
            throw node.Fault("must be a number");
        }

        var text = node.TextOrNumber();
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var digits = (end < 0 ? text : text[..end]).Replace("-", string.Empty, StringComparison.Ordinal);
        var exponent = 0;
        if (end >= 0 && (!int.TryParse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            || Math.Abs((long)exponent) > MostExponent))
        {
            throw node.Fault($"has an exponent beyond {MostExponent}");
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        if (digits.Length > MostDigits)
        {
            throw node.Fault($"has more than {MostDigits} digits");
        }

        var value = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new ExactLiteral(text[0] == '-' ? -value : value, exponent);
    }

    /// <summary>The greatest whole number of 10^-places that is not above the literal, and whether it is the literal.</summary>
    public (BigInteger Floor, bool IsExact) At(int places)
    {
        var exponent = Exponent + places;
        if (exponent >= 0)
        {
            return (Digits * BigInteger.Pow(10, exponent), true);
        }

        var floor = BigInteger.DivRem(Digits, BigInteger.Pow(10, -exponent), out var rest);
        return (rest.Sign < 0 ? floor - 1 : floor, rest.IsZero);
    }
}
