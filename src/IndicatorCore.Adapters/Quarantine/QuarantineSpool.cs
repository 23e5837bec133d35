using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>Rows set aside by one worker at a time, in a temporary file: nothing but one call's rows is in memory.</summary>
internal sealed class QuarantineSpool(Stream file) : IDisposable
{
    private readonly SpoolBuffer _buffer = new();
    private readonly CellText _texts = new();
    private long _length;

    /// <summary>Writes rows to the end.</summary>
    public QuarantineSegment Append(in QuarantinedRows rows, QuarantineShape shape)
    {
        _buffer.Clear();
        foreach (var row in rows.Rows)
        {
            Append(rows.View, row, shape);
        }

        var bytes = _buffer.Written;
        file.Write(bytes);
        var segment = new QuarantineSegment(rows.Source, shape, rows.Batch, rows.View.FirstRow + rows.Rows[0].Row, rows.Rows.Length, this, _length, bytes.Length);
        _length += bytes.Length;
        return segment;
    }

    /// <summary>Reads the bytes of a segment.</summary>
    public void Read(long offset, Span<byte> bytes)
    {
        file.Position = offset;
        file.ReadExactly(bytes);
    }

    public void Dispose() => file.Dispose();

    private void Append(scoped RecordBatch batch, in QuarantinedRow row, QuarantineShape shape)
    {
        _buffer.Number(batch.FirstRow + row.Row);
        _buffer.Text(row.Reason);
        _buffer.Number(row.EventTime ?? long.MinValue);   // an instant that no row has
        foreach (var column in shape.Columns)
        {
            column.Append(_buffer, batch[column.Ordinal], row.Row, _texts);
        }
    }
}
