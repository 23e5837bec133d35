namespace IndicatorCore.Columns;

/// <summary>The Arrow type union of Schema.fbs, with the same numbers.</summary>
public enum ArrowTypeId
{
    /// <summary>No values at all: every row is null.</summary>
    Null = 1,

    /// <summary>Signed or unsigned integer of 8, 16, 32 or 64 bits.</summary>
    Int = 2,

    /// <summary>IEEE 754 binary16, binary32 or binary64.</summary>
    FloatingPoint = 3,

    /// <summary>Bytes with 32-bit offsets.</summary>
    Binary = 4,

    /// <summary>UTF-8 with 32-bit offsets.</summary>
    Utf8 = 5,

    /// <summary>One bit a row, least significant first.</summary>
    Bool = 6,

    /// <summary>Two's complement integer with a decimal scale, 32 to 256 bits.</summary>
    Decimal = 7,

    /// <summary>Days (32-bit) or milliseconds (64-bit) since 1970-01-01.</summary>
    Date = 8,

    /// <summary>Time of day.</summary>
    Time = 9,

    /// <summary>64-bit instant (with zone) or wall-clock time (without).</summary>
    Timestamp = 10,

    /// <summary>Calendar interval.</summary>
    Interval = 11,

    /// <summary>List with 32-bit offsets.</summary>
    List = 12,

    /// <summary>Struct.</summary>
    Struct = 13,

    /// <summary>Sparse or dense union.</summary>
    Union = 14,

    /// <summary>Bytes of one width.</summary>
    FixedSizeBinary = 15,

    /// <summary>Lists of one length.</summary>
    FixedSizeList = 16,

    /// <summary>Map: list of key-value structs.</summary>
    Map = 17,

    /// <summary>Elapsed time.</summary>
    Duration = 18,

    /// <summary>Bytes with 64-bit offsets.</summary>
    LargeBinary = 19,

    /// <summary>UTF-8 with 64-bit offsets.</summary>
    LargeUtf8 = 20,

    /// <summary>List with 64-bit offsets.</summary>
    LargeList = 21,

    /// <summary>Run-end encoded values.</summary>
    RunEndEncoded = 22,

    /// <summary>Bytes as 16-byte views.</summary>
    BinaryView = 23,

    /// <summary>UTF-8 as 16-byte views.</summary>
    Utf8View = 24,

    /// <summary>List as 32-bit offset and size.</summary>
    ListView = 25,

    /// <summary>List as 64-bit offset and size.</summary>
    LargeListView = 26,
}
