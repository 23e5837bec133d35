using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Seeds;

/// <summary>Small exports of connectivity, radio and production, in both containers, stored plain and compressed.</summary>
internal static class SampleExports
{
    private const int Rows = 8;

    // 2024-03-01 00:00 UTC in microseconds
    private const long Start = 1_709_251_200_000_000;

    private static readonly (string Table, Field[] Fields)[] s_tables =
    [
        ("connectivity", [Instant("event_ts"), Key("device", 0), Key("link", 1)]),
        ("radio", [Instant("event_ts"), Key("cell", 0), Text("rat"), Number("rsrp_dbm", 64), Number("sinr_db", 32)]),
        ("production", [Instant("interval_start"), Key("line", 0), Text("product"), Amount("q_good"), Number("labour_h", 64)]),
    ];

    /// <summary>The exports.</summary>
    public static IEnumerable<Seed> All()
    {
        foreach (var (table, fields) in s_tables)
        {
            foreach (var format in Enum.GetValues<IpcFormat>())
            {
                foreach (var compress in (bool[])[false, true])
                {
                    var options = new IpcWriterOptions { Format = format, Compress = compress, ContentChecksums = format == IpcFormat.File };
                    var name = $"export.{table}.{(compress ? "lz4" : "plain")}.{(format == IpcFormat.File ? "arrow" : "arrows")}";
                    yield return new Seed(name, Write(table, fields, options), format == IpcFormat.File);
                }
            }
        }
    }

    private static byte[] Write(string table, Field[] fields, IpcWriterOptions options)
    {
        var schema = new Schema { Fields = fields, Metadata = [new("table", table)] };
        using var output = new MemoryStream();
        using (var writer = new IpcWriter(output, schema, options, leaveOpen: true))
        {
            var builder = new BatchBuilder(schema);
            for (var row = 0; row < 2 * Rows; row++)
            {
                for (var i = 0; i < fields.Length; i++)
                {
                    Append(builder[i], row);
                }

                if (builder.RowCount == Rows)
                {
                    writer.Write(builder);
                    builder.Clear();
                }
            }

            writer.Complete();
        }

        return output.ToArray();
    }

    private static void Append(ColumnBuilder column, int row)
    {
        switch (column.Field.Name)
        {
            case "event_ts" or "interval_start":
                column.AppendInt64(Start + (row * 3_600_000_000L * 5));
                break;
            case "device" or "cell" or "line":
                column.AppendString($"A{row % 5}");
                break;
            case "link":
                column.AppendString(row % 3 == 0 ? "nr" : row % 3 == 1 ? "lte" : "wifi");
                break;
            case "rat":
                column.AppendString(row % 4 == 0 ? "lte" : "nr");
                break;
            case "product":
                column.AppendString("P1");
                break;
            case "q_good":
                column.AppendDecimal(100 + row);
                break;
            case "labour_h":
                column.AppendDouble(1.5 + row);
                break;
            default:
                column.AppendDouble(-100 + (row * 2));
                break;
        }
    }

    private static Field Instant(string name) => new() { Name = name, Type = ArrowType.Timestamp(TimeUnit.Microsecond, "UTC") };

    private static Field Key(string name, long id) =>
        new() { Name = name, Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new DictionaryEncoding(id, ArrowType.Int(16)) };

    private static Field Text(string name) => new() { Name = name, Type = ArrowType.Of(ArrowTypeId.Utf8View) };

    private static Field Number(string name, int bits) => new() { Name = name, Type = ArrowType.Float(bits) };

    private static Field Amount(string name) => new() { Name = name, Type = ArrowType.Decimal128(12, 1) };
}
