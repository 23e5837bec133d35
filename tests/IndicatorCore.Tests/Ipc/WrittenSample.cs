using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Ipc;

/// <summary>One field a writable type, with rows whose values a foreign reader's text can be compared with.</summary>
internal static class WrittenSample
{
    private const int LongText = 40;

    public static Schema Schema { get; } = new()
    {
        Metadata = [new("exported_by", "测试"), new("empty", string.Empty)],
        Fields =
        [
            new Field { Name = "nothing", Type = ArrowType.Of(ArrowTypeId.Null) },
            new Field { Name = "flag", Type = ArrowType.Of(ArrowTypeId.Bool) },
            .. ((int[])[8, 16, 32, 64]).Select(static bits => new Field { Name = $"i{bits}", Type = ArrowType.Int(bits) }),
            .. ((int[])[8, 16, 32, 64]).Select(static bits => new Field { Name = $"u{bits}", Type = ArrowType.Int(bits, isSigned: false) }),
            .. ((int[])[16, 32, 64]).Select(static bits => new Field { Name = $"f{bits}", Type = ArrowType.Float(bits) }),
            .. ((ArrowTypeId[])[ArrowTypeId.Utf8, ArrowTypeId.LargeUtf8, ArrowTypeId.Utf8View, ArrowTypeId.Binary, ArrowTypeId.LargeBinary, ArrowTypeId.BinaryView])
                .Select(static id => new Field { Name = id.ToString(), Type = ArrowType.Of(id) }),
            new Field { Name = "fsb", Type = new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = 3 } },
            .. ((int[])[32, 64]).Select(static bits => new Field { Name = $"date{bits}", Type = new ArrowType { Id = ArrowTypeId.Date, BitWidth = bits } }),
            .. Enum.GetValues<TimeUnit>().Select(static unit => new Field
            {
                Name = $"time_{unit}",
                Type = new ArrowType { Id = ArrowTypeId.Time, BitWidth = unit <= TimeUnit.Millisecond ? 32 : 64, Unit = unit },
            }),
            .. Enum.GetValues<TimeUnit>().Select(static unit => new Field { Name = $"ts_{unit}", Type = ArrowType.Timestamp(unit, unit == TimeUnit.Second ? null : "Asia/Shanghai") }),
            .. Enum.GetValues<TimeUnit>().Select(static unit => new Field { Name = $"dur_{unit}", Type = new ArrowType { Id = ArrowTypeId.Duration, Unit = unit } }),
            .. ((int[])[32, 64, 128]).Select(static bits => new Field
            {
                Name = $"dec{bits}",
                Type = new ArrowType { Id = ArrowTypeId.Decimal, BitWidth = bits, Precision = bits == 32 ? 9 : bits == 64 ? 18 : 38, Scale = 2 },
            }),
            new Field { Name = "line", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(7, ArrowType.Int(8)), Metadata = [new("unit", "none")] },
            new Field { Name = "device", Type = ArrowType.Of(ArrowTypeId.LargeUtf8), Dictionary = new(0, ArrowType.Int(32)) },
            new Field { Name = "cell", Type = ArrowType.Of(ArrowTypeId.Utf8View), Dictionary = new(-3, ArrowType.Int(32, isSigned: false)) },
            new Field { Name = "line_again", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(7, ArrowType.Int(16, isSigned: false), IsOrdered: true) },
            new Field { Name = "required", Type = ArrowType.Int(64), IsNullable = false },
        ],
    };

    /// <summary>Appends a row with values derived from its number (every seventh value is null, but in the last field).</summary>
    public static void AppendRow(BatchBuilder batch, int row)
    {
        for (var i = 0; i < Schema.Fields.Count; i++)
        {
            var column = batch[i];
            if (Expected(i, row) is null)
            {
                column.AppendNull();
                continue;
            }

            switch (column.Field.Type.Id)
            {
                case ArrowTypeId.Bool:
                    column.AppendBool(Flag(row));
                    break;
                case ArrowTypeId.FloatingPoint:
                    column.AppendDouble(Float(row));
                    break;
                case ArrowTypeId.Decimal:
                    column.AppendDecimal(Decimal(column.Field.Type, row));
                    break;
                case ArrowTypeId.Int when !column.Field.Type.IsSigned:
                    column.AppendUInt64(Unsigned(column.Field.Type, row));
                    break;
                case ArrowTypeId.FixedSizeBinary:
                    column.AppendBytes([(byte)row, (byte)(row >> 8), 255]);
                    break;
                case ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView:
                    column.AppendBytes(Encoding.UTF8.GetBytes(Text(row)));
                    break;
                case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View:
                    var text = column.Field.Dictionary is null ? Text(row) : Key(row);
                    if (row % 2 == 0)
                    {
                        column.AppendString(text);
                    }
                    else
                    {
                        column.AppendBytes(Encoding.UTF8.GetBytes(text));
                    }

                    break;
                default:
                    column.AppendInt64(Signed(column.Field.Type, row));
                    break;
            }
        }
    }

    /// <summary>The value as the foreign reader prints it, or null.</summary>
    public static JsonNode? Expected(int ordinal, int row)
    {
        var field = Schema.Fields[ordinal];
        if (field.Type.Id == ArrowTypeId.Null || (field.IsNullable && (row + ordinal) % 7 == 3))
        {
            return null;
        }

        return field.Type.Id switch
        {
            ArrowTypeId.Bool => Flag(row),
            ArrowTypeId.FloatingPoint => Number(field.Type.BitWidth switch
            {
                16 => (double)(Half)Float(row),
                32 => (float)Float(row),
                _ => Float(row),
            }),
            ArrowTypeId.Decimal => Decimal(field.Type, row).ToString(CultureInfo.InvariantCulture),
            ArrowTypeId.Int when !field.Type.IsSigned => Unsigned(field.Type, row).ToString(CultureInfo.InvariantCulture),
            ArrowTypeId.FixedSizeBinary => Convert.ToHexStringLower([(byte)row, (byte)(row >> 8), 255]),
            ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Text(row))),
            ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View => field.Dictionary is null ? Text(row) : Key(row),
            _ => Signed(field.Type, row).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static bool Flag(int row) => row % 3 == 1;

    private static double Float(int row) => (row % 11) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => -0.0,
        4 => 1.0 / 3,
        _ => row * -0.37,
    };

    private static JsonNode Number(double value) =>
        !double.IsFinite(value) || (value == 0 && double.IsNegative(value))
            ? value switch { double.PositiveInfinity => "Infinity", double.NegativeInfinity => "-Infinity", 0 => "-0", _ => "NaN" }
            : value;

    // Borders on the first rows, then spread values.
    private static long Signed(ArrowType type, int row)
    {
        var range = IntegerRange.Of(type)!.Value;
        return (row % 5) switch
        {
            0 => range.Minimum / range.Step * range.Step,
            1 => (long)range.Maximum / range.Step * range.Step,
            2 => 0,
            3 => range.Step,
            _ => (long)(range.Maximum / 1000) / range.Step * range.Step,
        };
    }

    private static ulong Unsigned(ArrowType type, int row) => (row % 3) switch
    {
        0 => IntegerRange.Of(type)!.Value.Maximum,
        1 => 0,
        _ => IntegerRange.Of(type)!.Value.Maximum / 3,
    };

    private static Int128 Decimal(ArrowType type, int row)
    {
        var limit = Int128.Parse("1" + new string('0', type.Precision));
        return (row % 4) switch { 0 => limit - 1, 1 => 1 - limit, 2 => 0, _ => -row };
    }

    private static string Text(int row) => (row % 6) switch
    {
        0 => string.Empty,
        1 => "twelve bytes",
        2 => "thirteen byte",
        3 => "工厂-" + row,
        4 => new string('x', LongText) + row,
        _ => "t" + row,
    };

    private static string Key(int row) => "L" + (row % 10) + (row % 4 == 0 ? "-a name longer than a view holds" : string.Empty);
}
