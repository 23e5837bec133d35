using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>Points the slots of column trees at the buffers of arrays. Sizes follow from lengths, offsets and the buffers' own offsets.</summary>
/// <remarks>
/// The array's offset, and that of every parent whose rows are those of its children, is taken off here, so that columns start at row 0.
/// That is done without a copy everywhere but for bits that do not start at a byte, and for the run ends of sliced run-end encoding.
/// </remarks>
internal readonly unsafe ref struct ColumnImport(ForeignBatch batch, ForeignTable table)
{
    private const int MaxViewBuffers = 1 << 20;
    private const long MaxRows = 1L << 56;

    /// <summary>Checks the numbers of an array by themselves.</summary>
    public void CheckArray(ArrowArray* array)
    {
        if (array is null || array->Release is null)
        {
            throw new MalformedArrowException("An array is missing or was released");
        }

        if (array->Length < 0 || array->Offset < 0 || array->Length > MaxRows || array->Offset > MaxRows)
        {
            throw new MalformedArrowException($"An array has {array->Length} rows from {array->Offset} on");
        }

        if (array->NullCount < -1 || array->NullCount > array->Length)
        {
            throw new MalformedArrowException($"An array of {array->Length} rows declares {array->NullCount} nulls");
        }
    }

    /// <summary>Checks that an array is a record of so many columns, none of whose rows is null as a whole.</summary>
    public void CheckRecord(ArrowArray* array, int columns)
    {
        CheckChildren(array, columns);
        CheckBuffers(array, 1, 1);
        if (array->Dictionary is not null)
        {
            throw new MalformedArrowException("The batch is dictionary-encoded, its schema is not");
        }

        if (array->NullCount != 0 && array->Buffers[0] is not null)
        {
            var bits = Bits(array->Buffers[0], array->Offset, (int)array->Length);
            if (ValidityBitmap.CountNulls(bits.Span, (int)array->Length) > 0)
            {
                throw new UnsupportedArrowException("Rows of the batch are null as a whole, which a table's are not");
            }
        }
        else if (array->NullCount > 0)
        {
            throw new MalformedArrowException($"The batch declares {array->NullCount} nulls, but has no validity bitmap");
        }
    }

    /// <summary>Fills a column tree.</summary>
    /// <param name="column">The tree.</param>
    /// <param name="array">The array of the same type.</param>
    /// <param name="skip">Rows of the array, behind its own offset, that do not belong to the column.</param>
    /// <param name="length">The rows of the column.</param>
    public void Assign(ColumnData column, ArrowArray* array, long skip, int length)
    {
        try
        {
            CheckArray(array);
            if (skip > array->Length - length)
            {
                throw new MalformedArrowException($"An array has {array->Length} rows where {skip + length} are needed");
            }

            CheckShape(column, array);
            column.Length = length;
            column.DeclaredNulls = array->NullCount;
            column.NullCount = column.Layout == ColumnLayout.Null ? length : 0;
            column.Dictionary = null;
            column.Variadic(0);
            column.Slots.AsSpan().Clear();
            AssignBuffers(column, array, array->Offset + skip);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(Column: column.Path));
            throw;
        }
    }

    private static void CheckShape(ColumnData column, ArrowArray* array)
    {
        var own = column.OwnBuffers;
        switch (column.Layout)
        {
            case ColumnLayout.Null or ColumnLayout.RunEnds:
                CheckBuffers(array, 0, 1);   // some producers give them a validity bitmap that says nothing
                break;
            case ColumnLayout.SparseUnion or ColumnLayout.DenseUnion:
                CheckBuffers(array, own, own + 1);   // unions had a validity bitmap before Arrow 1.0
                break;
            case ColumnLayout.Views:
                CheckBuffers(array, own + 1, own + 1 + MaxViewBuffers);
                break;
            default:
                CheckBuffers(array, own, own);
                break;
        }

        CheckChildren(array, column.Children.Length);
        if (array->Dictionary is null != column.Field.Dictionary is null)
        {
            throw new MalformedArrowException(array->Dictionary is null ? "An array lacks its dictionary" : "An array has a dictionary, its schema has none");
        }
    }

    private static void CheckBuffers(ArrowArray* array, int least, int most)
    {
        if (array->BufferCount < least || array->BufferCount > most || (array->BufferCount > 0 && array->Buffers is null))
        {
            throw new MalformedArrowException($"An array has {(array->Buffers is null ? 0 : array->BufferCount)} buffers where its type has {least}");
        }
    }

    private static void CheckChildren(ArrowArray* array, int expected)
    {
        if (array->ChildCount != expected || (expected > 0 && array->Children is null))
        {
            throw new MalformedArrowException($"An array has {(array->Children is null ? 0 : array->ChildCount)} children where its type has {expected}");
        }
    }

    private void AssignBuffers(ColumnData column, ArrowArray* array, long first)
    {
        var slots = column.Slots;
        var isOldUnion = column.UnionChildren is not null && array->BufferCount > column.OwnBuffers;
        if (column.HasValidity || isOldUnion)
        {
            AssignValidity(column, array, first);
        }

        // behind the validity bitmap, where there is one
        var at = column.HasValidity || isOldUnion ? 1 : 0;
        switch (column.Layout)
        {
            case ColumnLayout.Fixed:
                slots[ColumnData.FirstSlot].Bytes = Rows(array->Buffers[at], first, column.Length, column.Width);
                if (column.Field.Dictionary is { } encoding)
                {
                    column.Dictionary = Values((int)encoding.Id, array->Dictionary);
                }

                break;
            case ColumnLayout.Bits:
                slots[ColumnData.FirstSlot].Bytes = Bits(array->Buffers[at], first, column.Length);
                break;
            case ColumnLayout.Bytes32 or ColumnLayout.Bytes64:
                var end = AssignOffsets(column, array->Buffers[at], first, column.Layout == ColumnLayout.Bytes32 ? sizeof(int) : sizeof(long));
                slots[ColumnData.SecondSlot].Bytes = Rows(array->Buffers[at + 1], 0, end, 1);
                break;
            case ColumnLayout.Views:
                AssignViews(column, array, first);
                break;
            case ColumnLayout.List32 or ColumnLayout.List64:
                var last = AssignOffsets(column, array->Buffers[at], first, column.Layout == ColumnLayout.List32 ? sizeof(int) : sizeof(long));
                Assign(column.Children[0], array->Children[0], 0, RowCount(last));
                break;
            case ColumnLayout.ListView32 or ColumnLayout.ListView64:
                var width = column.Layout == ColumnLayout.ListView32 ? sizeof(int) : sizeof(long);
                slots[ColumnData.FirstSlot].Bytes = Rows(array->Buffers[at], first, column.Length, width);
                slots[ColumnData.SecondSlot].Bytes = Rows(array->Buffers[at + 1], first, column.Length, width);
                AssignWhole(column.Children[0], array->Children[0]);
                break;
            case ColumnLayout.FixedList:
                Assign(column.Children[0], array->Children[0], Product(first, column.Width), RowCount((long)column.Length * column.Width));
                break;
            case ColumnLayout.Struct:
                AssignMembers(column, array, first);
                break;
            case ColumnLayout.SparseUnion:
                slots[ColumnData.FirstSlot].Bytes = Rows(array->Buffers[at], first, column.Length, 1);
                AssignMembers(column, array, first);
                break;
            case ColumnLayout.DenseUnion:
                slots[ColumnData.FirstSlot].Bytes = Rows(array->Buffers[at], first, column.Length, 1);
                slots[ColumnData.SecondSlot].Bytes = Rows(array->Buffers[at + 1], first, column.Length, sizeof(int));
                for (var i = 0; i < column.Children.Length; i++)
                {
                    AssignWhole(column.Children[i], array->Children[i]);
                }

                break;
            case ColumnLayout.RunEnds:
                AssignRuns(column, array, first);
                break;
            default:
                break;
        }
    }

    private void AssignValidity(ColumnData column, ArrowArray* array, long first)
    {
        var bitmap = array->Buffers[0];
        if (bitmap is null)
        {
            if (array->NullCount > 0)
            {
                throw new MalformedArrowException($"An array declares {array->NullCount} nulls, but has no validity bitmap");
            }

            return;
        }

        var bits = Bits(bitmap, first, column.Length);
        column.NullCount = ValidityBitmap.CountNulls(bits.Span, column.Length);
        if (column.NullCount > 0)
        {
            column.Slots[ColumnData.ValiditySlot].Bytes = bits;
        }
    }

    /// <summary>Points at the n + 1 offsets of a column's rows, and gives the last; whether they decrease is checked later.</summary>
    private long AssignOffsets(ColumnData column, void* offsets, long first, int width)
    {
        if (column.Length == 0)
        {
            return 0;
        }

        var bytes = Rows(offsets, first, column.Length + 1L, width);
        column.Slots[ColumnData.FirstSlot].Bytes = bytes;
        var last = OffsetChecks.Last(bytes.Span, width);
        return last >= 0
            ? last
            : throw new MalformedArrowException("Offsets are negative or decrease", new DataLocation(Row: column.Length - 1));
    }

    private void AssignViews(ColumnData column, ArrowArray* array, long first)
    {
        column.Slots[ColumnData.FirstSlot].Bytes = Rows(array->Buffers[1], first, column.Length, 16);
        var count = (int)array->BufferCount - 3;
        column.Variadic(count);
        var sizes = Rows(array->Buffers[array->BufferCount - 1], 0, count, sizeof(long)).Span;
        for (var i = 0; i < count; i++)
        {
            var size = BinaryPrimitives.ReadInt64LittleEndian(sizes.Slice(i * sizeof(long), sizeof(long)));
            if (size < 0)
            {
                throw new MalformedArrowException($"Data buffer {i} of a view column has {size} bytes");
            }

            column.Slots[ColumnData.VariadicSlot + i].Bytes = Rows(array->Buffers[2 + i], 0, size, 1);
        }
    }

    private void AssignMembers(ColumnData column, ArrowArray* array, long first)
    {
        for (var i = 0; i < column.Children.Length; i++)
        {
            Assign(column.Children[i], array->Children[i], first, column.Length);
        }
    }

    private void AssignWhole(ColumnData column, ArrowArray* array)
    {
        CheckArray(array);
        Assign(column, array, 0, RowCount(array->Length));
    }

    /// <summary>Runs count from the array's row 0: those that end before the column's first row are left out, the others end so much earlier.</summary>
    private void AssignRuns(ColumnData column, ArrowArray* array, long first)
    {
        var ends = column.Children[0];
        AssignWhole(ends, array->Children[0]);
        var left = 0;
        if (first > 0)
        {
            while (left < ends.Length && Column.RunEnd(ends, left) <= first)
            {
                left++;
            }

            ends.Slots[ColumnData.FirstSlot].Bytes = Earlier(ends, left, first);
            ends.Length -= left;
        }

        Assign(column.Children[1], array->Children[1], left, ends.Length);
    }

    private ReadOnlyMemory<byte> Earlier(ColumnData ends, int left, long first)
    {
        var copy = batch.Copy((ends.Length - left) * ends.Width);
        for (var i = left; i < ends.Length; i++)
        {
            var into = copy.Span.Slice((i - left) * ends.Width, ends.Width);
            var end = Column.RunEnd(ends, i) - first;
            switch (ends.Width)
            {
                case 2:
                    BinaryPrimitives.WriteInt16LittleEndian(into, (short)end);
                    break;
                case 4:
                    BinaryPrimitives.WriteInt32LittleEndian(into, (int)end);
                    break;
                default:
                    BinaryPrimitives.WriteInt64LittleEndian(into, end);
                    break;
            }
        }

        return copy;
    }

    private DictionaryValues Values(int id, ArrowArray* array)
    {
        var values = batch.Dictionary(id);
        AssignWhole(values, array);
        return table.Values(id, values);
    }

    /// <summary>So many bits from a bit on: where they lie, when that bit starts a byte.</summary>
    private ReadOnlyMemory<byte> Bits(void* bits, long first, int count)
    {
        if (count == 0)
        {
            return default;
        }

        var shift = (int)(first & 7);
        var found = Rows(bits, first >> 3, ((long)shift + count + 7) >> 3, 1);
        if (shift == 0)
        {
            return found;
        }

        var copy = batch.Copy((count + 7) >> 3);
        BitSlice.Copy(found.Span, shift, copy.Span);
        return copy;
    }

    /// <summary>So many values of one width from one on, where they lie.</summary>
    private ReadOnlyMemory<byte> Rows(void* buffer, long first, long count, int width)
    {
        var bytes = Product(count, width);
        if (bytes == 0)
        {
            return default;
        }

        if (bytes > table.Options.MaxBufferBytes)
        {
            throw new LimitExceededException($"A needed buffer has {bytes} bytes, more than the limit of {table.Options.MaxBufferBytes}");
        }

        if (buffer is null)
        {
            throw new MalformedArrowException($"A buffer is missing where the rows need {bytes} bytes");
        }

        var skipped = (ulong)Product(first, width);
        return (ulong)buffer <= nuint.MaxValue - skipped - (ulong)bytes
            ? batch.Show((byte*)buffer + skipped, (int)bytes)
            : throw new MalformedArrowException($"A buffer of {bytes} bytes behind {skipped} others reaches behind the end of memory");
    }

    private static int RowCount(long rows) => rows <= int.MaxValue
        ? (int)rows
        : throw new LimitExceededException($"A child of an array has {rows} rows, more than the limit of {int.MaxValue}");

    private static long Product(long rows, long width) => width == 0 || rows <= long.MaxValue / 4 / width
        ? rows * width
        : throw new MalformedArrowException($"An array of {rows} rows of {width} bytes does not fit into memory");
}
