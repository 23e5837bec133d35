using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>Quarantined rows as an Arrow IPC file: a column keeps its type where all inputs agree on it, else it is text.</summary>
internal sealed class QuarantineArrow : IQuarantineWriter
{
    private const int RowsPerBatch = 65_536;
    private const int BytesPerBatch = 32 << 20;

    private readonly IpcWriter _writer;
    private readonly BatchBuilder _batch;
    private readonly ArrowType[] _types;
    private readonly bool[] _isSet;
    private long _bytes;

    public QuarantineArrow(Stream output, QuarantineLayout layout, IReadOnlyList<QuarantineSegment> segments, TimeZoneInfo zone)
    {
        var columns = layout.Columns;
        _types = [.. columns.Select(static column => column.Type)];
        _isSet = new bool[_types.Length];
        var schema = new Schema
        {
            Fields =
            [
                Key(0, QuarantineLayout.Fixed[0]),
                Key(1, QuarantineLayout.Fixed[1]),
                new Field { Name = QuarantineLayout.Fixed[2], Type = ArrowType.Int(64) },
                new Field { Name = QuarantineLayout.Fixed[3], Type = ArrowType.Int(64) },
                Key(2, QuarantineLayout.Fixed[4]),
                new Field { Name = QuarantineLayout.Fixed[5], Type = ArrowType.Timestamp(TimeUnit.Nanosecond, zone.Id) },
                .. columns.Select(static column => new Field { Name = column.Name, Type = column.Type }),
            ],
        };
        _writer = new IpcWriter(output, schema, new IpcWriterOptions { Compress = true }, leaveOpen: true);
        _batch = new BatchBuilder(schema);

        // declared at the front: some readers take no deltas
        _batch[0].Declare(segments.Select(static segment => segment.Source.Name).Distinct());
        _batch[1].Declare(segments.Select(static segment => segment.Shape.Table).Distinct());
        _batch[4].Declare(QuarantinedRow.Reasons);
    }

    /// <inheritdoc/>
    public void Write(in QuarantineSegment segment, int[] columns, int ordinal, string reason, long? eventTime, ref SpooledRow row)
    {
        _batch[0].AppendString(segment.Source.Name);
        _batch[1].AppendString(segment.Shape.Table);
        _batch[2].AppendInt64(segment.Batch);
        _batch[3].AppendInt64(ordinal);
        _batch[4].AppendString(reason);
        if (eventTime is { } instant)
        {
            _batch[5].AppendInt64(instant);
        }
        else
        {
            _batch[5].AppendNull();
        }

        Array.Clear(_isSet);
        for (var i = 0; i < columns.Length; i++)
        {
            _isSet[columns[i]] = true;
            var bytes = row.TakeBytes(out var isNull);
            _bytes += bytes.Length;
            Append(_batch[QuarantineLayout.Fixed.Length + columns[i]], _types[columns[i]], segment.Shape.Columns[i].Type, isNull, bytes);
        }

        for (var i = 0; i < _isSet.Length; i++)
        {
            if (!_isSet[i])
            {
                _batch[QuarantineLayout.Fixed.Length + i].AppendNull();
            }
        }

        if (_batch.RowCount == RowsPerBatch || _bytes >= BytesPerBatch)
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_batch.RowCount > 0)
        {
            Flush();
        }

        _writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static Field Key(int id, string name) => new()
    {
        Name = name,
        Type = ArrowType.Of(ArrowTypeId.Utf8),
        Dictionary = new DictionaryEncoding(id, ArrowType.Int(32)),
    };

    private static void Append(ColumnBuilder column, ArrowType type, ArrowType spooled, bool isNull, ReadOnlySpan<byte> bytes)
    {
        if (isNull)
        {
            column.AppendNull();
        }
        else if (type == spooled)
        {
            SpooledValue.Append(column, type, bytes);
        }
        else
        {
            column.AppendString(SpooledValue.Text(spooled, bytes));
        }
    }

    private void Flush()
    {
        _writer.Write(_batch);
        _batch.Clear();
        _bytes = 0;
    }
}
