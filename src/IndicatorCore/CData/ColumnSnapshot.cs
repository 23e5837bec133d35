using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>Column trees that own their memory.</summary>
internal static class ColumnSnapshot
{
    /// <summary>A copy of a tree that does not need the memory of the original.</summary>
    public static ColumnData Copy(ColumnData column)
    {
        var copy = ColumnData.Build(column.Field);
        Copy(column, copy);
        return copy;
    }

    /// <summary>Whether two trees of one field hold the same bytes.</summary>
    public static bool AreSame(ColumnData left, ColumnData right)
    {
        if (left.Length != right.Length || left.NullCount != right.NullCount || left.SlotCount != right.SlotCount
            || !ReferenceEquals(left.Dictionary, right.Dictionary))
        {
            return false;
        }

        for (var slot = 0; slot < left.SlotCount; slot++)
        {
            if (!left.Slots[slot].Bytes.Span.SequenceEqual(right.Slots[slot].Bytes.Span))
            {
                return false;
            }
        }

        for (var i = 0; i < left.Children.Length; i++)
        {
            if (!AreSame(left.Children[i], right.Children[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes of a tree's buffers.</summary>
    public static long Bytes(ColumnData column)
    {
        var bytes = 0L;
        for (var slot = 0; slot < column.SlotCount; slot++)
        {
            bytes += column.Slots[slot].Bytes.Length;
        }

        foreach (var child in column.Children)
        {
            bytes += Bytes(child);
        }

        return bytes;
    }

    private static void Copy(ColumnData from, ColumnData to)
    {
        to.Length = from.Length;
        to.DeclaredNulls = from.DeclaredNulls;
        to.NullCount = from.NullCount;
        to.Dictionary = from.Dictionary;
        to.Variadic(from.SlotCount - ColumnData.VariadicSlot);
        for (var slot = 0; slot < from.SlotCount; slot++)
        {
            to.Slots[slot].Bytes = from.Slots[slot].Bytes.ToArray();
        }

        for (var i = 0; i < from.Children.Length; i++)
        {
            Copy(from.Children[i], to.Children[i]);
        }
    }
}
