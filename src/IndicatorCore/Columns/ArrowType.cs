namespace IndicatorCore.Columns;

/// <summary>An Arrow logical type with its parameters; only those that the type has are meaningful, the others are zero or null.</summary>
/// <remarks>Source: Arrow Schema.fbs. Children live on <see cref="Field"/>, as in Arrow.</remarks>
public sealed record ArrowType
{
    /// <summary>Which type it is.</summary>
    public required ArrowTypeId Id { get; init; }

    /// <summary>Width in bits: Int 8 to 64, FloatingPoint 16, 32, 64, Decimal 32 to 256, Date 32 or 64, Time 32 or 64.</summary>
    public int BitWidth { get; init; }

    /// <summary>For Int: whether the values are signed.</summary>
    public bool IsSigned { get; init; }

    /// <summary>For Timestamp, Time and Duration: the unit.</summary>
    public TimeUnit Unit { get; init; }

    /// <summary>For Timestamp: the zone name, or null for wall-clock time of an unknown zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>For Decimal: the number of decimal digits.</summary>
    public int Precision { get; init; }

    /// <summary>For Decimal: the number of digits behind the point (may be negative).</summary>
    public int Scale { get; init; }

    /// <summary>For FixedSizeBinary: bytes a value. For FixedSizeList: values a list.</summary>
    public int FixedSize { get; init; }

    /// <summary>For Union: 0 sparse, 1 dense. For Interval: 0 year-month, 1 day-time, 2 month-day-nano. For Map: 1 when keys are sorted.</summary>
    public int Mode { get; init; }

    /// <summary>For Union: the type ids of the children, in child order; null when they are 0, 1, 2 and so on.</summary>
    public IReadOnlyList<int>? UnionTypeIds { get; init; }

    /// <summary>Signed integer of <paramref name="bits"/> bits.</summary>
    public static ArrowType Int(int bits, bool isSigned = true) => new() { Id = ArrowTypeId.Int, BitWidth = bits, IsSigned = isSigned };

    /// <summary>IEEE 754 number of <paramref name="bits"/> bits.</summary>
    public static ArrowType Float(int bits) => new() { Id = ArrowTypeId.FloatingPoint, BitWidth = bits };

    /// <summary>Instant (with <paramref name="timeZone"/>) or wall-clock time (without).</summary>
    public static ArrowType Timestamp(TimeUnit unit, string? timeZone) =>
        new() { Id = ArrowTypeId.Timestamp, BitWidth = 64, Unit = unit, TimeZone = timeZone };

    /// <summary>Decimal of 128 bits.</summary>
    public static ArrowType Decimal128(int precision, int scale) =>
        new() { Id = ArrowTypeId.Decimal, BitWidth = 128, Precision = precision, Scale = scale };

    /// <summary>A type without parameters (Null, Bool, Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, Struct, List ...).</summary>
    public static ArrowType Of(ArrowTypeId id) => new() { Id = id };

    /// <summary>Arrow's usual spelling, such as <c>timestamp[ms, Asia/Shanghai]</c>.</summary>
    public override string ToString() => Id switch
    {
        ArrowTypeId.Int => $"{(IsSigned ? "int" : "uint")}{BitWidth}",
        ArrowTypeId.FloatingPoint => $"float{BitWidth}",
        ArrowTypeId.Timestamp => TimeZone is null ? $"timestamp[{UnitText}]" : $"timestamp[{UnitText}, {TimeZone}]",
        ArrowTypeId.Time => $"time{BitWidth}[{UnitText}]",
        ArrowTypeId.Duration => $"duration[{UnitText}]",
        ArrowTypeId.Date => BitWidth == 32 ? "date32" : "date64",
        ArrowTypeId.Decimal => $"decimal{BitWidth}({Precision}, {Scale})",
        ArrowTypeId.FixedSizeBinary => $"fixed_size_binary[{FixedSize}]",
        ArrowTypeId.FixedSizeList => $"fixed_size_list[{FixedSize}]",
        ArrowTypeId.Union => Mode == 0 ? "sparse_union" : "dense_union",
        ArrowTypeId.Interval => Mode switch { 0 => "interval[ym]", 1 => "interval[dt]", _ => "interval[mdn]" },
        ArrowTypeId.LargeUtf8 => "large_utf8",
        ArrowTypeId.Utf8View => "utf8_view",
        ArrowTypeId.LargeBinary => "large_binary",
        ArrowTypeId.BinaryView => "binary_view",
        ArrowTypeId.LargeList => "large_list",
        ArrowTypeId.ListView => "list_view",
        ArrowTypeId.LargeListView => "large_list_view",
        ArrowTypeId.RunEndEncoded => "run_end_encoded",
        _ => Id.ToString().ToLowerInvariant(),
    };

    private string UnitText => Unit switch
    {
        TimeUnit.Second => "s",
        TimeUnit.Millisecond => "ms",
        TimeUnit.Microsecond => "us",
        _ => "ns",
    };
}
