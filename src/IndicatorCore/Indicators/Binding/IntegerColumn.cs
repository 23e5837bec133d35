using System.Numerics;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Integers of any width, widened to 64 bits; unsigned 64-bit values keep their bits.</summary>
internal static class IntegerColumn
{
    /// <summary>One value, whatever its validity.</summary>
    public static long Read(scoped Column column, int row) => (column.Field.Type.BitWidth, column.Field.Type.IsSigned) switch
    {
        (8, true) => column.Values<sbyte>()[row],
        (8, false) => column.Values<byte>()[row],
        (16, true) => column.Values<short>()[row],
        (16, false) => column.Values<ushort>()[row],
        (32, true) => column.Values<int>()[row],
        (32, false) => column.Values<uint>()[row],
        _ => column.Values<long>()[row],
    };

    /// <summary>Values of rows that follow each other, whatever their validity.</summary>
    public static void Read(scoped Column column, int start, Span<long> values)
    {
        switch (column.Field.Type.BitWidth, column.Field.Type.IsSigned)
        {
            case (8, true):
                Widen<sbyte>(column, start, values);
                break;
            case (8, false):
                Widen<byte>(column, start, values);
                break;
            case (16, true):
                Widen<short>(column, start, values);
                break;
            case (16, false):
                Widen<ushort>(column, start, values);
                break;
            case (32, true):
                Widen<int>(column, start, values);
                break;
            case (32, false):
                Widen<uint>(column, start, values);
                break;
            default:
                column.Values<long>().Slice(start, values.Length).CopyTo(values);
                break;
        }
    }

    private static void Widen<T>(scoped Column column, int start, Span<long> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        var source = column.Values<T>().Slice(start, values.Length);
        for (var i = 0; i < source.Length; i++)
        {
            values[i] = long.CreateTruncating(source[i]);
        }
    }
}
