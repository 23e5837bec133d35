using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>Reads the Type union of Schema.fbs; refuses parameters and children that the format does not allow.</summary>
internal static class TypeParser
{
    /// <summary>The type of the Field table <paramref name="field"/>, whose children were parsed.</summary>
    public static ArrowType Parse(in FlatTable field, ReadOnlySpan<Field> children)
    {
        var number = field.Byte(8);
        if (number == 0)
        {
            throw new MalformedArrowException("The field has no type");
        }

        var id = (ArrowTypeId)number;
        if (id > ArrowTypeId.LargeListView)
        {
            throw new UnsupportedArrowException($"Type number {number} is not known, nor how many buffers it has");
        }

        var type = Parameters(id, field.Table(10));
        NestedTypes.Check(type, children);
        return type;
    }

    public static ArrowType ParseInt(in FlatTable table)
    {
        var width = table.Int32(4);
        return width is 8 or 16 or 32 or 64
            ? ArrowType.Int(width, table.Boolean(6))
            : throw new MalformedArrowException($"An integer is {width} bits wide");
    }

    private static ArrowType Parameters(ArrowTypeId id, in FlatTable table) => id switch
    {
        ArrowTypeId.Int => ParseInt(table),
        ArrowTypeId.FloatingPoint => ArrowType.Float(16 << Enum(table, 4, 2, 0)),
        ArrowTypeId.Decimal => new ArrowType { Id = id, Precision = table.Int32(4), Scale = table.Int32(6), BitWidth = DecimalWidth(table) },
        ArrowTypeId.Date => Enum(table, 4, 1, 1) == 0
            ? new ArrowType { Id = id, BitWidth = 32 }
            : new ArrowType { Id = id, BitWidth = 64, Unit = TimeUnit.Millisecond },
        ArrowTypeId.Time => Time(table),
        ArrowTypeId.Timestamp => ArrowType.Timestamp((TimeUnit)Enum(table, 4, 3, 0), table.Text(6)),
        ArrowTypeId.Interval => new ArrowType { Id = id, Mode = Enum(table, 4, 2, 0) },
        ArrowTypeId.Duration => new ArrowType { Id = id, BitWidth = 64, Unit = (TimeUnit)Enum(table, 4, 3, 1) },
        ArrowTypeId.FixedSizeBinary or ArrowTypeId.FixedSizeList => new ArrowType { Id = id, FixedSize = NotNegative(table.Int32(4)) },
        ArrowTypeId.Map => new ArrowType { Id = id, Mode = table.Boolean(4) ? 1 : 0 },
        ArrowTypeId.Union => new ArrowType { Id = id, Mode = Enum(table, 4, 1, 0), UnionTypeIds = UnionIds(table) },
        _ => ArrowType.Of(id),
    };

    private static int Enum(in FlatTable table, int slot, int last, short absent)
    {
        var value = table.Int16(slot, absent);
        return value >= 0 && value <= last
            ? value
            : throw new MalformedArrowException($"A type parameter is {value}, outside 0 to {last}");
    }

    private static int NotNegative(int size) => size >= 0 ? size : throw new MalformedArrowException($"A fixed size is {size}");

    private static int DecimalWidth(in FlatTable table)
    {
        var width = table.Int32(8, 128);
        return width is 32 or 64 or 128 or 256 ? width : throw new MalformedArrowException($"A decimal is {width} bits wide");
    }

    private static ArrowType Time(in FlatTable table)
    {
        var unit = (TimeUnit)Enum(table, 4, 3, 1);
        var width = table.Int32(6, 32);
        return width == (unit <= TimeUnit.Millisecond ? 32 : 64)
            ? new ArrowType { Id = ArrowTypeId.Time, BitWidth = width, Unit = unit }
            : throw new MalformedArrowException($"A time of unit {unit} is {width} bits wide");
    }

    private static int[]? UnionIds(in FlatTable table)
    {
        if (!table.Has(6))
        {
            return null;
        }

        var bytes = table.Elements(6, sizeof(int));
        if (bytes.Length > 128 * sizeof(int))
        {
            throw new MalformedArrowException("A union has more than 128 type ids");
        }

        var ids = new int[bytes.Length / sizeof(int)];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
            if (ids[i] is < 0 or > 127 || ids.AsSpan(0, i).Contains(ids[i]))
            {
                throw new MalformedArrowException($"A union has the impossible or repeated type id {ids[i]}");
            }
        }

        return ids;
    }
}
