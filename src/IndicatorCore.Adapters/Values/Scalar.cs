using System.Numerics;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Values;

/// <summary>Reads single values of fixed-width columns, whatever their width.</summary>
internal static class Scalar
{
    /// <summary>A whole number of up to 64 bits (integers, dates, times, timestamps, durations); unsigned 64-bit ones only below 2^63.</summary>
    public static long Integer(Column column, int row)
    {
        var type = column.Field.Type;
        var isUnsigned = type.Id == ArrowTypeId.Int && !type.IsSigned;
        return type.BitWidth switch
        {
            8 => isUnsigned ? column.Values<byte>()[row] : column.Values<sbyte>()[row],
            16 => isUnsigned ? column.Values<ushort>()[row] : column.Values<short>()[row],
            32 => isUnsigned ? column.Values<uint>()[row] : column.Values<int>()[row],
            _ => column.Values<long>()[row],
        };
    }

    /// <summary>A decimal without exponent, trailing zeros kept as its scale says.</summary>
    public static string DecimalText(BigInteger unscaled, int scale)
    {
        if (scale <= 0)
        {
            return (unscaled * BigInteger.Pow(10, -scale)).ToString();
        }

        var digits = BigInteger.Abs(unscaled).ToString().PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : string.Empty)}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>A decimal as an exact number, such as for comparisons.</summary>
    public static ExactNumber Decimal(BigInteger unscaled, int scale) =>
        scale >= 0 ? new ExactNumber(unscaled, scale) : new ExactNumber(unscaled * BigInteger.Pow(10, -scale));
}
