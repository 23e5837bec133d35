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
}
