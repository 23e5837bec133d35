using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using IndicatorCore.Errors;

namespace IndicatorCore.Columns;

/// <summary>Checks of strings and views: UTF-8 of valid rows, views inside their buffers.</summary>
internal static class TextChecks
{
    /// <summary>Checks the UTF-8 of a column with offsets, in one run over its bytes where that can decide.</summary>
    public static void CheckOffsets(ColumnData column)
    {
        if (column.Length == 0)
        {
            return;
        }

        var offsets = column.Slots[ColumnData.FirstSlot].Bytes.Span;
        if (column.Layout == ColumnLayout.Bytes32)
        {
            Check(column, MemoryMarshal.Cast<byte, int>(offsets));
        }
        else
        {
            Check(column, MemoryMarshal.Cast<byte, long>(offsets));
        }
    }

    /// <summary>Checks the views of valid rows, and their UTF-8 where the type asks for it.</summary>
    public static void CheckViews(ColumnData column)
    {
        var views = column.Slots[ColumnData.FirstSlot].Bytes.Span;
        var halves = MemoryMarshal.Cast<byte, ulong>(views);
        var validity = column.Slots[ColumnData.ValiditySlot].Bytes.Span;
        var isText = column.Field.Type.Id == ArrowTypeId.Utf8View;
        var isAscii = isText && IsAscii(column);
        for (var row = 0; row < column.Length; row++)
        {
            // short and ASCII to the last byte: nothing can be wrong
            if ((uint)halves[2 * row] <= 12 && (((halves[2 * row] >> 32) | halves[(2 * row) + 1]) & 0x8080_8080_8080_8080) == 0)
            {
                continue;
            }

            if (!ValidityBitmap.IsValid(validity, row))
            {
                continue;
            }

            var view = views.Slice(row * 16, 16);
            var length = BinaryPrimitives.ReadInt32LittleEndian(view);
            if (length < 0)
            {
                throw new MalformedArrowException($"A view has the length {length}", new DataLocation(Row: row));
            }

            var bytes = length <= 12 ? view.Slice(4, length) : Referenced(column, view, length, row);
            if (isText && !(isAscii && length > 12) && !Utf8.IsValid(bytes))
            {
                throw NotText(row);
            }
        }
    }

    private static ReadOnlySpan<byte> Referenced(ColumnData column, ReadOnlySpan<byte> view, int length, int row)
    {
        var buffer = BinaryPrimitives.ReadInt32LittleEndian(view[8..]);
        var offset = BinaryPrimitives.ReadInt32LittleEndian(view[12..]);
        var count = column.SlotCount - ColumnData.VariadicSlot;
        if (buffer < 0 || buffer >= count)
        {
            throw new MalformedArrowException($"A view points to data buffer {buffer} of {count}", new DataLocation(Row: row));
        }

        var data = column.Slots[ColumnData.VariadicSlot + buffer].Bytes.Span;
        if (offset < 0 || length > data.Length || offset > data.Length - length)
        {
            throw new MalformedArrowException(
                $"A view of {length} bytes at {offset} lies outside its data buffer of {data.Length}", new DataLocation(Row: row));
        }

        var bytes = data.Slice(offset, length);
        return bytes[..4].SequenceEqual(view.Slice(4, 4))
            ? bytes
            : throw new MalformedArrowException("The prefix in a view differs from its bytes", new DataLocation(Row: row));
    }

    private static void Check<T>(ColumnData column, ReadOnlySpan<T> offsets)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bytes = column.Slots[ColumnData.SecondSlot].Bytes.Span;
        var all = bytes[int.CreateTruncating(offsets[0])..];
        if (Ascii.IsValid(all) || (Utf8.IsValid(all) && StartOnCharacters(bytes, offsets)))
        {
            return;
        }

        var validity = column.Slots[ColumnData.ValiditySlot].Bytes.Span;
        for (var row = 0; row < column.Length; row++)
        {
            if (ValidityBitmap.IsValid(validity, row)
                && !Utf8.IsValid(bytes[int.CreateTruncating(offsets[row])..int.CreateTruncating(offsets[row + 1])]))
            {
                throw NotText(row);
            }
        }
    }

    private static bool StartOnCharacters<T>(ReadOnlySpan<byte> bytes, ReadOnlySpan<T> offsets)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var offset in offsets)
        {
            var at = int.CreateTruncating(offset);
            if (at < bytes.Length && (bytes[at] & 0xC0) == 0x80)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAscii(ColumnData column)
    {
        for (var i = ColumnData.VariadicSlot; i < column.SlotCount; i++)
        {
            if (!Ascii.IsValid(column.Slots[i].Bytes.Span))
            {
                return false;
            }
        }

        return true;
    }

    private static MalformedArrowException NotText(int row) =>
        new("A string is not UTF-8", new DataLocation(Row: row), advice: "Write the column as binary, or repair it.");
}
