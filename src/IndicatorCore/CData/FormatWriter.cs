using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>Writes the format strings of the Arrow C data interface.</summary>
/// <remarks>Source: Apache Arrow, "The Arrow C data interface", data type description: format strings.</remarks>
internal static class FormatWriter
{
    /// <summary>The format string of a field's stored type: of the indices, when it is dictionary-encoded.</summary>
    /// <exception cref="ArgumentException">The type's parameters are not ones that Arrow has.</exception>
    public static string Format(Field field)
    {
        var type = field.Dictionary?.IndexType ?? field.Type;
        return type.Id switch
        {
            ArrowTypeId.Null => "n",
            ArrowTypeId.Bool => "b",
            ArrowTypeId.Int => (type.BitWidth, type.IsSigned) switch
            {
                (8, true) => "c",
                (8, false) => "C",
                (16, true) => "s",
                (16, false) => "S",
                (32, true) => "i",
                (32, false) => "I",
                (64, true) => "l",
                (64, false) => "L",
                _ => throw Strange(type),
            },
            ArrowTypeId.FloatingPoint => type.BitWidth switch { 16 => "e", 32 => "f", 64 => "g", _ => throw Strange(type) },
            ArrowTypeId.Binary => "z",
            ArrowTypeId.LargeBinary => "Z",
            ArrowTypeId.BinaryView => "vz",
            ArrowTypeId.Utf8 => "u",
            ArrowTypeId.LargeUtf8 => "U",
            ArrowTypeId.Utf8View => "vu",
            ArrowTypeId.Decimal => type.BitWidth == 128 ? $"d:{type.Precision},{type.Scale}" : $"d:{type.Precision},{type.Scale},{type.BitWidth}",
            ArrowTypeId.FixedSizeBinary => $"w:{type.FixedSize}",
            ArrowTypeId.Date => type.BitWidth == 32 ? "tdD" : "tdm",
            ArrowTypeId.Time => $"tt{Letter(type.Unit)}",
            ArrowTypeId.Timestamp => $"ts{Letter(type.Unit)}:{type.TimeZone}",
            ArrowTypeId.Duration => $"tD{Letter(type.Unit)}",
            ArrowTypeId.Interval => type.Mode switch { 0 => "tiM", 1 => "tiD", _ => "tin" },
            ArrowTypeId.List => "+l",
            ArrowTypeId.LargeList => "+L",
            ArrowTypeId.ListView => "+vl",
            ArrowTypeId.LargeListView => "+vL",
            ArrowTypeId.FixedSizeList => $"+w:{type.FixedSize}",
            ArrowTypeId.Struct => "+s",
            ArrowTypeId.Map => "+m",
            ArrowTypeId.Union => $"+u{(type.Mode == 0 ? 's' : 'd')}:{TypeIds(field)}",
            ArrowTypeId.RunEndEncoded => "+r",
            _ => throw Strange(type),
        };
    }

    private static char Letter(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 's',
        TimeUnit.Millisecond => 'm',
        TimeUnit.Microsecond => 'u',
        _ => 'n',
    };

    private static string TypeIds(Field field)
    {
        var ids = new int[field.Children.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = field.Type.UnionTypeIds is { } given ? given[i] : i;
        }

        return string.Join(',', ids);
    }

    private static ArgumentException Strange(ArrowType type) => new($"The type {type} is not one of Arrow's.", nameof(type));
}
