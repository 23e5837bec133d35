using System.Buffers;
using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Storage.Folders;

namespace IndicatorCore.Portal.Serving;

/// <summary>Rows as an Arrow IPC stream, a record batch at a time: texts, instants in nanoseconds of the dataset's zone, figures as doubles, exact numbers as texts.</summary>
internal sealed class ArrowRows : IRowFormat, IDisposable
{
    private static readonly string[] s_counts = ["n_received", "n_dup", "n_conflict", "n_valid", "n_missing", "n_invalid", "n_unserved"];
    private readonly MemoryStream _bytes = new();
    private readonly ResultCells _cells = new();
    private readonly List<Action<ColumnBuilder, StoredRow>> _fill = [];
    private readonly IpcWriter _writer;
    private readonly BatchBuilder _batch;

    /// <summary>Rows of some keys.</summary>
    /// <param name="keys">The keys of all groups.</param>
    /// <param name="zone">The dataset's zone.</param>
    /// <param name="metadata">What the schema says of the publication.</param>
    public ArrowRows(IReadOnlyList<string> keys, string zone, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var fields = new List<Field>();
        Text("indicator", () => _cells["indicator"]);
        Text("definition", () => _cells["definition"]);
        foreach (var key in keys)
        {
            Text(key, () => _cells.GroupValue(key));
        }

        Instant("window_start", "window_start");
        Instant("window_end", "window_end");
        Double("value", "value");
        Text("unit", () => _cells["unit"]);
        Text("numerator", () => _cells["numerator"]);
        Text("denominator", () => _cells["denominator"]);
        Double("low", "low");
        Double("high", "high");
        Text("status", () => _cells["status"]);
        Text("reason", () => _cells["reason"]);
        Text("flags", () => _cells["flags"]);
        foreach (var count in s_counts)
        {
            Integer("evidence_" + count, _ => Parse(_cells["evidence_" + count]));
        }

        Text("evidence_n_quarantined", () => _cells["evidence_n_quarantined"]);
        Instant("evidence_first_ts", "evidence_first_ts");
        Instant("evidence_last_ts", "evidence_last_ts");
        Text("evidence_expected", () => _cells["evidence_expected"]);
        Double("evidence_completeness", "evidence_completeness");
        Text("evidence_more", () => _cells.More);
        Integer("revision", _ => Parse(_cells["revision"]));
        Add("view", ArrowType.Of(ArrowTypeId.Utf8), static (column, row) => column.AppendString(row.View));
        Integer("row", static row => row.Number);
        var schema = new Schema { Fields = fields, Metadata = metadata };
        _batch = new BatchBuilder(schema);
        _writer = new IpcWriter(_bytes, schema, new IpcWriterOptions { Format = IpcFormat.Stream }, leaveOpen: true);

        void Add(string name, ArrowType type, Action<ColumnBuilder, StoredRow> fill)
        {
            fields.Add(new Field { Name = name, Type = type });
            _fill.Add(fill);
        }

        void Text(string name, Func<string?> cell) => Add(name, ArrowType.Of(ArrowTypeId.Utf8), (column, _) =>
        {
            if (cell() is { } text)
            {
                column.AppendString(text);
            }
            else
            {
                column.AppendNull();
            }
        });

        void Integer(string name, Func<StoredRow, long?> cell) => Add(name, ArrowType.Int(64), (column, row) =>
        {
            if (cell(row) is { } number)
            {
                column.AppendInt64(number);
            }
            else
            {
                column.AppendNull();
            }
        });

        void Double(string name, string cell) => Add(name, ArrowType.Float(64), (column, _) =>
        {
            if (_cells[cell] is { } text)
            {
                column.AppendDouble(double.Parse(text, CultureInfo.InvariantCulture));
            }
            else
            {
                column.AppendNull();
            }
        });

        void Instant(string name, string cell) => Add(name, ArrowType.Timestamp(TimeUnit.Nanosecond, zone), (column, _) =>
        {
            if (_cells[cell] is { } text)
            {
                column.AppendInt64(RowFacts.Instant(text));
            }
            else
            {
                column.AppendNull();
            }
        });
    }

    public void Begin(IBufferWriter<byte> output)
    {
        // the schema goes out with the first batch, or at the end
    }

    public void Write(IReadOnlyList<StoredRow> rows, IBufferWriter<byte> output)
    {
        if (rows.Count == 0)
        {
            return;
        }

        _batch.Clear();
        foreach (var row in rows)
        {
            _cells.Read(row.Json);
            for (var i = 0; i < _fill.Count; i++)
            {
                _fill[i](_batch[i], row);
            }
        }

        _writer.Write(_batch);
        Flush(output);
    }

    public void End(IBufferWriter<byte> output)
    {
        _writer.Complete();
        Flush(output);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    private static long? Parse(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);

    private void Flush(IBufferWriter<byte> output)
    {
        output.Write(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length));
        _bytes.SetLength(0);
    }
}
