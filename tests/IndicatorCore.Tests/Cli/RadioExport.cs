using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Cli;

/// <summary>A small radio export: rows at whole seconds from 2024-03-01T00:00+08:00, every third device null, one NaN, one infinity.</summary>
internal static class RadioExport
{
    public static void Write(string path, int rows, int rowsPerBatch = 4, IpcFormat format = IpcFormat.File)
    {
        using var file = File.Create(path);
        Write(file, rows, rowsPerBatch, format);
    }

    public static byte[] Stream(int rows)
    {
        using var stream = new MemoryStream();
        Write(stream, rows, 4, IpcFormat.Stream);
        return stream.ToArray();
    }

    private static void Write(Stream output, int rows, int rowsPerBatch, IpcFormat format)
    {
        var schema = new Schema
        {
            Fields =
            [
                new Field { Name = "event_ts", Type = ArrowType.Timestamp(TimeUnit.Millisecond, "Asia/Shanghai") },
                new Field
                {
                    Name = "device",
                    Type = ArrowType.Of(ArrowTypeId.Utf8),
                    Dictionary = new DictionaryEncoding(0, ArrowType.Int(32)),
                },
                new Field { Name = "rsrp_dbm", Type = ArrowType.Float(32) },
                new Field { Name = "sinr_db", Type = ArrowType.Float(64) },
            ],
        };
        using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Format = format, Compress = true, ContentChecksums = true }, leaveOpen: true);
        var batch = new BatchBuilder(schema);
        for (var row = 0; row < rows; row++)
        {
            batch[0].AppendInt64(1_709_222_400_000 + (row * 1000L));
            if (row % 3 == 2)
            {
                batch[1].AppendNull();
            }
            else
            {
                batch[1].AppendString(row % 3 == 0 ? "设备 A" : "B,\"x\"");
            }

            batch[2].AppendDouble(-80.1f - row);
            batch[3].AppendDouble(row switch { 1 => double.NaN, 2 => double.PositiveInfinity, _ => row / 2.0 });
            if (batch.RowCount == rowsPerBatch || row == rows - 1)
            {
                writer.Write(batch);
                batch.Clear();
            }
        }

        writer.Complete();
    }
}
