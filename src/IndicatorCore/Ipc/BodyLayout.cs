using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>Walks the nodes and buffers of a RecordBatch table along the schema, and notes where the needed ones lie.</summary>
internal ref struct BodyLayout
{
    private readonly ReadOnlySpan<byte> _nodes;
    private readonly ReadOnlySpan<byte> _buffers;
    private readonly ReadOnlySpan<byte> _variadic;
    private readonly IpcReaderOptions _options;
    private readonly long _bodyLength;
    private readonly bool _isV4;
    private int _node;
    private int _buffer;
    private int _view;

    private BodyLayout(in FlatTable batch, bool isV4, long bodyLength, IpcReaderOptions options)
    {
        _nodes = batch.Elements(6, 16);
        _buffers = batch.Elements(8, 16);
        _variadic = batch.Elements(12, 8);
        _isV4 = isV4;
        _bodyLength = bodyLength;
        _options = options;
    }

    /// <summary>The row count of a RecordBatch table, within the limits.</summary>
    public static int Rows(in FlatTable batch, IpcReaderOptions options)
    {
        var length = batch.Int64(4);
        if (length < 0)
        {
            throw new MalformedArrowException($"A batch has {length} rows");
        }

        return length <= options.MaxRowsPerBatch
            ? (int)length
            : throw ReaderLimit.Exceeded($"A batch has {length} rows", options.MaxRowsPerBatch, nameof(options.MaxRowsPerBatch));
    }

    /// <summary>The codec and method of the buffers; codec -1 when they are stored plain.</summary>
    public static (int CodecId, int Method) Compression(in FlatTable batch)
    {
        if (!batch.Has(10))
        {
            return (-1, 0);
        }

        var compression = batch.Table(10);
        // codec -1 on the wire must not read as "plain"
        return ((sbyte)compression.Byte(4) & 0xFF, (sbyte)compression.Byte(6));
    }

    /// <summary>Fills the column trees of the lease's loaded columns, and lists the stored ranges that they need in
    /// <see cref="BatchLease.Ranges"/>, by position; gives how many.</summary>
    public static int Assign(in FlatTable batch, bool isV4, long bodyLength, BatchLease lease, IpcReaderOptions options)
    {
        var layout = new BodyLayout(batch, isV4, bodyLength, options);
        (lease.CodecId, lease.CompressionMethod) = Compression(batch);
        var columns = lease.Columns;
        for (var i = 0; i < columns.Length; i++)
        {
            if (lease.IsLoaded(i))
            {
                layout.Fill(columns[i], lease.RowCount);
            }
            else
            {
                layout.Skip(columns[i]);
            }
        }

        layout.CheckEnd();
        return Ranges(lease);
    }

    /// <summary>Lists the stored ranges that the slots of the loaded columns name in <see cref="BatchLease.Ranges"/>, by position; gives how many.</summary>
    public static int Ranges(BatchLease lease)
    {
        var columns = lease.Columns;
        var count = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (lease.IsLoaded(i))
            {
                Gather(columns[i], lease, ref count);
            }
        }

        var ranges = lease.Ranges.AsSpan(0, count);
        for (var i = 1; i < count; i++)
        {
            if (ranges[i].Offset < ranges[i - 1].Offset)
            {
                Sort(lease, count);
                break;
            }
        }

        return count;
    }

    private static void Sort(BatchLease lease, int count)
    {
        if (lease.RangeKeys.Length < count)
        {
            lease.RangeKeys = new long[lease.Ranges.Length];
        }

        for (var i = 0; i < count; i++)
        {
            lease.RangeKeys[i] = lease.Ranges[i].Offset;
        }

        lease.RangeKeys.AsSpan(0, count).Sort(lease.Ranges.AsSpan(0, count));
    }

    private static void Gather(ColumnData column, BatchLease lease, ref int count)
    {
        for (var slot = 0; slot < column.SlotCount; slot++)
        {
            ref var buffer = ref column.Slots[slot];
            if (buffer.Length == 0)
            {
                continue;
            }

            if (count == lease.Ranges.Length)
            {
                var grown = lease.Ranges;
                Array.Resize(ref grown, Math.Max(16, 2 * count));
                lease.Ranges = grown;
            }

            lease.Ranges[count++] = new BodyRange { Offset = buffer.Offset, Length = buffer.Length, Column = column, Slot = slot };
        }

        foreach (var child in column.Children)
        {
            Gather(child, lease, ref count);
        }
    }

    private void Fill(ColumnData column, int rows)
    {
        if (_node >= _nodes.Length / 16)
        {
            throw new MalformedArrowException("The batch has fewer nodes than the schema asks for", At(column));
        }

        var node = _nodes.Slice(16 * _node++, 16);
        column.Length = CheckRows(column, BinaryPrimitives.ReadInt64LittleEndian(node));
        if (rows >= 0 && column.Length != rows)
        {
            throw new MalformedArrowException($"A column has {column.Length} rows in a batch of {rows}", At(column));
        }

        column.DeclaredNulls = BinaryPrimitives.ReadInt64LittleEndian(node[8..]);
        if (column.DeclaredNulls < -1 || column.DeclaredNulls > column.Length)
        {
            throw new MalformedArrowException($"A column of {column.Length} rows declares {column.DeclaredNulls} nulls", At(column));
        }

        column.Variadic(0);
        column.Slots.AsSpan().Clear();
        var isUnion = column.UnionChildren is not null;
        if (column.HasValidity || (isUnion && _isV4))
        {
            Take(column, ColumnData.ValiditySlot);
        }

        var rest = column.OwnBuffers - (column.HasValidity ? 1 : 0);
        for (var slot = 0; slot < rest; slot++)
        {
            Take(column, ColumnData.FirstSlot + slot);
        }

        if (column.Layout == ColumnLayout.Views)
        {
            var count = NextVariadic(column);
            column.Variadic(count);
            for (var i = 0; i < count; i++)
            {
                Take(column, ColumnData.VariadicSlot + i);
            }
        }

        foreach (var child in column.Children)
        {
            Fill(child, -1);
        }
    }

    private static int CheckRows(ColumnData column, long length)
    {
        if (length < 0)
        {
            throw new MalformedArrowException($"A column has {length} rows", At(column));
        }

        // nested columns may have more rows than their batch
        return length <= int.MaxValue
            ? (int)length
            : throw new LimitExceededException($"A column has {length} rows, more than the {int.MaxValue} that can be read", At(column));
    }

    private void Skip(ColumnData column)
    {
        _node += column.NodeCount;
        if (_node > _nodes.Length / 16)
        {
            throw new MalformedArrowException("The batch has fewer nodes than the schema asks for", At(column));
        }

        long buffers = column.BufferCount + (_isV4 ? column.UnionCount : 0);
        for (var i = 0; i < column.ViewCount; i++)
        {
            buffers += NextVariadic(column);
        }

        if (buffers > (_buffers.Length / 16) - _buffer)
        {
            throw new MalformedArrowException("The batch has fewer buffers than the schema asks for", At(column));
        }

        _buffer += (int)buffers;
    }

    private readonly void CheckEnd()
    {
        if (_node != _nodes.Length / 16 || _buffer != _buffers.Length / 16 || _view != _variadic.Length / 8)
        {
            throw new MalformedArrowException("The batch has more nodes or buffers than the schema asks for");
        }
    }

    private int NextVariadic(ColumnData column)
    {
        if (_view >= _variadic.Length / 8)
        {
            throw new MalformedArrowException("The batch does not say how many data buffers a view column has", At(column));
        }

        var count = BinaryPrimitives.ReadInt64LittleEndian(_variadic.Slice(8 * _view++, 8));
        return count >= 0 && count <= (_buffers.Length / 16) - _buffer
            ? (int)count
            : throw new MalformedArrowException($"A view column declares {count} data buffers, more than the batch has", At(column));
    }

    private void Take(ColumnData column, int slot)
    {
        if (_buffer >= _buffers.Length / 16)
        {
            throw new MalformedArrowException("The batch has fewer buffers than the schema asks for", At(column));
        }

        var buffer = _buffers.Slice(16 * _buffer++, 16);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(buffer);
        var length = BinaryPrimitives.ReadInt64LittleEndian(buffer[8..]);
        if (offset < 0 || length < 0 || length > _bodyLength || offset > _bodyLength - length)
        {
            if (length == 0 && offset >= 0)
            {
                return;
            }

            throw new MalformedArrowException(
                $"A buffer of {length} bytes at {offset} lies outside the message body of {_bodyLength} bytes", At(column));
        }

        if (length > ReaderLimit.BufferBytes(_options))
        {
            throw ReaderLimit.Buffer(length, _options, At(column));
        }

        column.Slots[slot].Offset = offset;
        column.Slots[slot].Length = length;
    }

    private static DataLocation At(ColumnData column) => new(Column: column.Path);
}
