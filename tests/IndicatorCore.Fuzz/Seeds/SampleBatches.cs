using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Seeds;

/// <summary>Two batches of a few rows of every type that the writer writes, parted so that each input stays small.</summary>
internal static class SampleBatches
{
    private const int Rows = 6;

    /// <summary>The schemas by name.</summary>
    public static (string Name, Schema Schema)[] Schemas { get; } =
    [
        ("numbers", Of(
            Plain("nothing", ArrowType.Of(ArrowTypeId.Null)),
            Plain("flag", ArrowType.Of(ArrowTypeId.Bool)),
            Plain("i8", ArrowType.Int(8)),
            Plain("u16", ArrowType.Int(16, isSigned: false)),
            Plain("i32", ArrowType.Int(32)),
            Plain("u64", ArrowType.Int(64, isSigned: false)),
            Plain("f16", ArrowType.Float(16)),
            Plain("f32", ArrowType.Float(32)),
            Plain("f64", ArrowType.Float(64)))),
        ("times", Of(
            Plain("at", ArrowType.Timestamp(TimeUnit.Microsecond, "Asia/Shanghai")),
            Plain("wall", ArrowType.Timestamp(TimeUnit.Second, null)),
            Plain("day", new ArrowType { Id = ArrowTypeId.Date, BitWidth = 32 }),
            Plain("time", new ArrowType { Id = ArrowTypeId.Time, BitWidth = 64, Unit = TimeUnit.Nanosecond }),
            Plain("took", new ArrowType { Id = ArrowTypeId.Duration, Unit = TimeUnit.Millisecond }),
            Plain("amount", ArrowType.Decimal128(20, 4)),
            Plain("small", new ArrowType { Id = ArrowTypeId.Decimal, BitWidth = 64, Precision = 12, Scale = 2 }),
            Plain("three", new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = 3 }))),
        ("texts", Of(
            Plain("utf8", ArrowType.Of(ArrowTypeId.Utf8)),
            Plain("large", ArrowType.Of(ArrowTypeId.LargeUtf8)),
            Plain("view", ArrowType.Of(ArrowTypeId.Utf8View)),
            Plain("binary", ArrowType.Of(ArrowTypeId.Binary)),
            Plain("bytes", ArrowType.Of(ArrowTypeId.BinaryView)))),
        ("dictionaries", Of(
            Encoded("line", ArrowTypeId.Utf8, 7, ArrowType.Int(8)),
            Encoded("device", ArrowTypeId.LargeUtf8, 0, ArrowType.Int(32)),
            Encoded("cell", ArrowTypeId.Utf8View, -3, ArrowType.Int(16, isSigned: false)),
            Encoded("line_again", ArrowTypeId.Utf8, 7, ArrowType.Int(64)),
            Plain("n", ArrowType.Int(64)))),
    ];

    /// <summary>Two batches; later dictionary values come as deltas.</summary>
    public static byte[] Write(Schema schema, IpcWriterOptions options)
    {
        using var output = new MemoryStream();
        using (var writer = new IpcWriter(output, schema, options, leaveOpen: true))
        {
            var builder = new BatchBuilder(schema);
            for (var row = 0; row < 2 * Rows; row++)
            {
                for (var i = 0; i < schema.Fields.Count; i++)
                {
                    Append(builder[i], row, i);
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

    private static Schema Of(params Field[] fields) => new() { Fields = fields, Metadata = [new("table", "sample")] };

    private static Field Plain(string name, ArrowType type) => new() { Name = name, Type = type };

    private static Field Encoded(string name, ArrowTypeId type, long id, ArrowType index) =>
        new() { Name = name, Type = ArrowType.Of(type), Dictionary = new DictionaryEncoding(id, index) };

    private static void Append(ColumnBuilder column, int row, int ordinal)
    {
        var type = column.Field.Type;
        if (type.Id == ArrowTypeId.Null || (row + ordinal) % 5 == 3)
        {
            column.AppendNull();
            return;
        }

        switch (type.Id)
        {
            case ArrowTypeId.Bool:
                column.AppendBool(row % 3 == 1);
                break;
            case ArrowTypeId.FloatingPoint:
                column.AppendDouble(row * -0.375);
                break;
            case ArrowTypeId.Decimal:
                column.AppendDecimal(row * 12345);
                break;
            case ArrowTypeId.FixedSizeBinary:
                column.AppendBytes([(byte)row, 7, 255]);
                break;
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View or ArrowTypeId.Binary or ArrowTypeId.BinaryView:
                var text = column.Field.Dictionary is null ? $"工厂 {row}, longer than a view holds inline" : $"L{row % 4 + (row / Rows)}";
                column.AppendBytes(System.Text.Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 2 + (4 * (row % 8)))]));
                break;
            default:
                column.AppendInt64(row * 11);
                break;
        }
    }
}
