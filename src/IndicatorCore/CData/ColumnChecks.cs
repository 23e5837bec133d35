using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>Validates imported columns by the rules of the IPC readers: offsets, views, dictionary indices, UTF-8, nested rows.</summary>
internal static class ColumnChecks
{
    /// <summary>Checks a column and everything under it.</summary>
    public static void Check(ColumnData column)
    {
        try
        {
            CheckOwn(column);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(Column: column.Path));
            throw;
        }

        foreach (var child in column.Children)
        {
            Check(child);
        }

        if (column.Layout == ColumnLayout.RunEnds)
        {
            NestedChecks.CheckRuns(column);
        }
    }

    private static void CheckOwn(ColumnData column)
    {
        switch (column.Layout)
        {
            case ColumnLayout.Fixed when column.Field.Dictionary is not null:
                IndexChecks.Check(column);
                break;
            case ColumnLayout.Bytes32 or ColumnLayout.Bytes64:
                CheckOffsets(column, column.Layout == ColumnLayout.Bytes32);
                if (column.Field.Type.Id is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8)
                {
                    TextChecks.CheckOffsets(column);
                }

                break;
            case ColumnLayout.List32 or ColumnLayout.List64:
                CheckOffsets(column, column.Layout == ColumnLayout.List32);
                break;
            case ColumnLayout.Views:
                TextChecks.CheckViews(column);
                break;
            case ColumnLayout.ListView32 or ColumnLayout.ListView64:
                NestedChecks.CheckListViews(column);
                break;
            case ColumnLayout.SparseUnion or ColumnLayout.DenseUnion:
                NestedChecks.CheckUnion(column);
                break;
            default:
                break;
        }
    }

    private static void CheckOffsets(ColumnData column, bool isNarrow)
    {
        var bytes = column.Slots[ColumnData.FirstSlot].Bytes.Span;
        var bad = isNarrow
            ? OffsetChecks.FirstDecrease(MemoryMarshal.Cast<byte, int>(bytes))
            : OffsetChecks.FirstDecrease(MemoryMarshal.Cast<byte, long>(bytes));
        if (bad >= 0)
        {
            throw new MalformedArrowException("Offsets are negative or decrease", new DataLocation(Row: bad));
        }
    }
}
