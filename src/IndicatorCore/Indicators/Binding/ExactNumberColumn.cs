using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Single values of a numeric column as exact fractions: the slow road, for decimals and products.</summary>
internal static class ExactNumberColumn
{
    // as many as the widest Arrow decimal has digits; without a bound, a few bytes would ask for a power of ten of any size
    private const int MostPlaces = 76;

    /// <summary>Whether values of a numeric type can be read: decimals are, up to 128 bits and 76 places to either side of the point.</summary>
    public static bool Reads(ArrowType type) =>
        type.Id != ArrowTypeId.Decimal || (type.BitWidth <= 128 && type.Scale is >= -MostPlaces and <= MostPlaces);

    /// <summary>The value of a valid row of a type that <see cref="Reads"/>; a double must be finite.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Read(scoped Column column, int row)
    {
        var type = column.Field.Type;
        switch (type.Id)
        {
            case ArrowTypeId.Decimal:
                var unscaled = type.BitWidth switch
                {
                    32 => (BigInteger)column.Values<int>()[row],
                    64 => column.Values<long>()[row],
                    _ => (BigInteger)MemoryMarshal.Read<Int128>(column.Bytes(row)),
                };
                return type.Scale >= 0
                    ? (unscaled, BigInteger.Pow(10, type.Scale))
                    : (unscaled * BigInteger.Pow(10, -type.Scale), BigInteger.One);
            case ArrowTypeId.FloatingPoint:
                return OfDouble(type.BitWidth switch
                {
                    64 => column.Values<double>()[row],
                    32 => column.Values<float>()[row],
                    _ => (double)column.Values<Half>()[row],
                });
            default:
                var value = IntegerColumn.Read(column, row);
                return type is { IsSigned: false, BitWidth: 64 } ? ((ulong)value, BigInteger.One) : (value, BigInteger.One);
        }
    }

    /// <summary>Whether the row holds a finite number.</summary>
    public static bool IsFinite(scoped Column column, int row) => column.Field.Type.Id != ArrowTypeId.FloatingPoint
        || (column.Field.Type.BitWidth switch
        {
            64 => double.IsFinite(column.Values<double>()[row]),
            32 => float.IsFinite(column.Values<float>()[row]),
            _ => Half.IsFinite(column.Values<Half>()[row]),
        });

    /// <summary>Whether the row holds not-a-number.</summary>
    public static bool IsNaN(scoped Column column, int row) => column.Field.Type.Id == ArrowTypeId.FloatingPoint
        && column.Field.Type.BitWidth switch
        {
            64 => double.IsNaN(column.Values<double>()[row]),
            32 => float.IsNaN(column.Values<float>()[row]),
            _ => Half.IsNaN(column.Values<Half>()[row]),
        };

    private static (BigInteger Numerator, BigInteger Denominator) OfDouble(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = Math.Max(1, (int)(bits >> 52) & 0x7FF) - 1075;
        BigInteger significand = (bits & 0xF_FFFF_FFFF_FFFF) + (((bits >> 52) & 0x7FF) == 0 ? 0 : 1L << 52);
        significand = bits < 0 ? -significand : significand;
        return exponent >= 0 ? (significand << exponent, BigInteger.One) : (significand, BigInteger.One << -exponent);
    }
}
