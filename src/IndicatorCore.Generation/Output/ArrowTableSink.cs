using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Generation.Output;

/// <summary>Writes batches as Arrow IPC files or streams into a folder.</summary>
internal sealed class ArrowTableSink(string folder, IpcFormat format, bool compress) : ITableSink, IDisposable
{
    private const int FileBufferBytes = 1 << 16;
    private TableShape? _shape;
    private string _name = string.Empty;
    private FileStream? _file;
    private IpcWriter? _writer;
    private BatchBuilder? _builder;
    private byte[]?[][] _keys = [];
    private long _rows;
    private int _batches;

    public void Begin(string fileName, TableShape shape)
    {
        if (!ReferenceEquals(_shape, shape))
        {
            _shape = shape;
            _keys = [.. shape.Columns.Select(static column =>
                (column.Keys ?? []).Select(static key => (byte[]?)Encoding.UTF8.GetBytes(key)).ToArray())];
        }

        var schema = SchemaOf(shape);
        _name = fileName;
        (_rows, _batches) = (0, 0);
        _file = new FileStream(Path.Combine(folder, fileName), FileMode.Create, FileAccess.Write, FileShare.Read, FileBufferBytes);
        _writer = new IpcWriter(
            _file, schema, new IpcWriterOptions { Format = format, Compress = compress });
        _builder = new BatchBuilder(schema);
        for (var i = 0; i < shape.Columns.Count; i++)
        {
            if (shape.Columns[i].Keys is { } keys)
            {
                _builder[i].Declare(keys);
            }
        }
    }

    public void Write(BatchBuffer batch)
    {
        var builder = _builder ?? throw new InvalidOperationException("No file was begun.");
        builder.Clear();
        for (var i = 0; i < batch.Columns.Count; i++)
        {
            Append(batch[i], builder[i], _keys[i]);
        }

        _writer!.Write(builder);
        _rows += batch.RowCount;
        _batches++;
    }

    public GeneratedFile End()
    {
        if (_writer is null || _file is null || _shape is null)
        {
            throw new InvalidOperationException("No file was begun.");
        }

        _writer.Complete();
        var bytes = _file.Length;
        Dispose();
        return new GeneratedFile(_name, _shape.Table, _rows, _batches, bytes);
    }

    public GeneratedFile Replay(GeneratedFile original, string fileName)
    {
        File.Copy(Path.Combine(folder, original.Name), Path.Combine(folder, fileName), overwrite: true);
        return original with { Name = fileName, ReplayOf = original.Name };
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _file?.Dispose();
        (_writer, _file, _builder) = (null, null, null);
    }

    private static void Append(ColumnBuffer from, ColumnBuilder to, byte[]?[] keys)
    {
        var present = from.Present;
        for (var row = 0; row < present.Length; row++)
        {
            if (!present[row])
            {
                to.AppendNull();
                continue;
            }

            switch (from.Column.Kind)
            {
                case ColumnKind.Key:
                    to.AppendBytes(keys[(int)from.Integers[row]]);
                    break;
                case ColumnKind.Text:
                    to.AppendString(from.Texts[row]);
                    break;
                case ColumnKind.Double or ColumnKind.Single:
                    to.AppendDouble(from.Numbers[row]);
                    break;
                case ColumnKind.Short:
                    to.AppendUInt64((ulong)from.Integers[row]);
                    break;
                case ColumnKind.Flag:
                    to.AppendBool(from.Integers[row] != 0);
                    break;
                default:
                    to.AppendInt64(from.Integers[row]);
                    break;
            }
        }
    }

    private static Schema SchemaOf(TableShape shape) => new()
    {
        Fields = [.. shape.Columns.Select(static (column, ordinal) => new Field
        {
            Name = column.Name,
            Type = TypeOf(column.Kind),
            Dictionary = column.Kind == ColumnKind.Key ? new DictionaryEncoding(ordinal, ArrowType.Int(32, isSigned: false)) : null,
        })],
        Metadata = shape.Source is null
            ? [KeyValuePair.Create("table", shape.Table)]
            : [KeyValuePair.Create("table", shape.Table), KeyValuePair.Create("indicatorcore.source", shape.Source)],
    };

    private static ArrowType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Instant => ArrowType.Timestamp(TimeUnit.Millisecond, "UTC"),
        ColumnKind.Key or ColumnKind.Text => ArrowType.Of(ArrowTypeId.Utf8),
        ColumnKind.Double => ArrowType.Float(64),
        ColumnKind.Single => ArrowType.Float(32),
        ColumnKind.Flag => ArrowType.Of(ArrowTypeId.Bool),
        ColumnKind.Short => ArrowType.Int(16, isSigned: false),
        _ => ArrowType.Int(64),
    };
}
