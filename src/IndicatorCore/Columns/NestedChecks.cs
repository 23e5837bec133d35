using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Errors;

namespace IndicatorCore.Columns;

/// <summary>Checks that the rows of nested columns lie inside their children.</summary>
internal static class NestedChecks
{
    public static void CheckChild(ColumnData column, int child, long need)
    {
        if (column.Children[child].Length < need)
        {
            throw new MalformedArrowException($"A child has {column.Children[child].Length} rows where its parent needs {need}");
        }
    }

    public static void CheckMembers(ColumnData column)
    {
        for (var i = 0; i < column.Children.Length; i++)
        {
            CheckChild(column, i, column.Length);
        }
    }

    public static void CheckListViews(ColumnData column)
    {
        var first = column.Slots[ColumnData.FirstSlot].Bytes.Span;
        var second = column.Slots[ColumnData.SecondSlot].Bytes.Span;
        var bad = column.Layout == ColumnLayout.ListView32
            ? FirstOutside(column, MemoryMarshal.Cast<byte, int>(first), MemoryMarshal.Cast<byte, int>(second))
            : FirstOutside(column, MemoryMarshal.Cast<byte, long>(first), MemoryMarshal.Cast<byte, long>(second));
        if (bad >= 0)
        {
            throw new MalformedArrowException("A list view lies outside its child", new DataLocation(Row: bad));
        }
    }

    public static void CheckUnion(ColumnData column)
    {
        if (column.Layout == ColumnLayout.SparseUnion)
        {
            CheckMembers(column);
        }

        var validity = column.Slots[ColumnData.ValiditySlot].Bytes.Span;
        var offsets = MemoryMarshal.Cast<byte, int>(column.Slots[ColumnData.SecondSlot].Bytes.Span);
        var typeIds = column.Slots[ColumnData.FirstSlot].Bytes.Span;
        for (var row = 0; row < typeIds.Length; row++)
        {
            if (!ValidityBitmap.IsValid(validity, row))
            {
                continue;
            }

            var child = typeIds[row] > 127 ? -1 : column.UnionChildren![typeIds[row]];
            if (child < 0)
            {
                throw new MalformedArrowException($"A union row has the unknown type id {(sbyte)typeIds[row]}", new DataLocation(Row: row));
            }

            if (column.Layout == ColumnLayout.DenseUnion && (uint)offsets[row] >= (uint)column.Children[child].Length)
            {
                throw new MalformedArrowException("A union row points outside its child", new DataLocation(Row: row));
            }
        }
    }

    public static void CheckRuns(ColumnData column)
    {
        var ends = column.Children[0];
        var former = 0L;
        for (var run = 0; run < ends.Length; run++)
        {
            var end = Column.RunEnd(ends, run);
            if (end <= former)
            {
                throw new MalformedArrowException("Run ends do not increase", new DataLocation(Column: column.Path, Row: run));
            }

            former = end;
        }

        if (former < column.Length || ends.NullCount > 0 || column.Children[1].Length < ends.Length)
        {
            throw new MalformedArrowException("The runs do not cover their rows", new DataLocation(Column: column.Path));
        }
    }

    private static int FirstOutside<T>(ColumnData column, ReadOnlySpan<T> offsets, ReadOnlySpan<T> sizes)
        where T : unmanaged, IBinaryInteger<T>
    {
        var validity = column.Slots[ColumnData.ValiditySlot].Bytes.Span;
        var limit = T.CreateSaturating(column.Children[0].Length);
        for (var row = 0; row < offsets.Length; row++)
        {
            var (offset, size) = (offsets[row], sizes[row]);
            if ((T.IsNegative(offset) || T.IsNegative(size) || size > limit || offset > limit - size) && ValidityBitmap.IsValid(validity, row))
            {
                return row;
            }
        }

        return -1;
    }
}
