using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>Gives the values of a dictionary the layout that their type has everywhere else: readers may keep them all with 32-bit offsets.</summary>
internal static class UsualLayout
{
    /// <summary>The values, copied where their layout is another.</summary>
    public static ColumnData Of(ColumnData values)
    {
        if (values.Layout != ColumnLayout.Bytes32)
        {
            return values;
        }

        return values.Field.Type.Id switch
        {
            ArrowTypeId.LargeUtf8 or ArrowTypeId.LargeBinary => Wide(values),
            ArrowTypeId.Utf8View or ArrowTypeId.BinaryView => Views(values),
            _ => values,
        };
    }

    private static ColumnData Wide(ColumnData values)
    {
        var narrow = MemoryMarshal.Cast<byte, int>(values.Slots[ColumnData.FirstSlot].Bytes.Span);
        var wide = new byte[narrow.Length * sizeof(long)];
        for (var i = 0; i < narrow.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(wide.AsSpan(i * sizeof(long)), narrow[i]);
        }

        return Over(values, ColumnLayout.Bytes64, wide, values.Slots[ColumnData.SecondSlot].Bytes);
    }

    private static ColumnData Views(ColumnData values)
    {
        var column = new Column(values);
        var offsets = MemoryMarshal.Cast<byte, int>(values.Slots[ColumnData.FirstSlot].Bytes.Span);
        var views = new byte[values.Length * 16];
        for (var row = 0; row < values.Length; row++)
        {
            var view = views.AsSpan(row * 16, 16);
            var bytes = column.IsValid(row) ? column.Bytes(row) : default;
            BinaryPrimitives.WriteInt32LittleEndian(view, bytes.Length);
            bytes[..Math.Min(bytes.Length, bytes.Length <= 12 ? 12 : 4)].CopyTo(view[4..]);
            if (bytes.Length > 12)
            {
                BinaryPrimitives.WriteInt32LittleEndian(view[12..], offsets[row]);
            }
        }

        var result = Over(values, ColumnLayout.Views, views, default);
        result.Variadic(1);
        result.Slots[ColumnData.VariadicSlot].Bytes = values.Slots[ColumnData.SecondSlot].Bytes;
        return result;
    }

    private static ColumnData Over(ColumnData values, ColumnLayout layout, byte[] first, ReadOnlyMemory<byte> second) => ColumnData.Over(
        values.Field, layout, 0, values.Length, values.NullCount, values.Slots[ColumnData.ValiditySlot].Bytes, first, second);
}
