namespace IndicatorCore.Columns;

/// <summary>The physical layouts of the Arrow columnar format: what the buffers of a column mean.</summary>
internal enum ColumnLayout
{
    /// <summary>No buffers; every row is null.</summary>
    Null,

    /// <summary>Values of one width; also the indices of dictionary-encoded columns.</summary>
    Fixed,

    /// <summary>One bit a row.</summary>
    Bits,

    /// <summary>32-bit offsets, bytes.</summary>
    Bytes32,

    /// <summary>64-bit offsets, bytes.</summary>
    Bytes64,

    /// <summary>16-byte views, any number of data buffers.</summary>
    Views,

    /// <summary>32-bit offsets into the child.</summary>
    List32,

    /// <summary>64-bit offsets into the child.</summary>
    List64,

    /// <summary>32-bit offsets and sizes.</summary>
    ListView32,

    /// <summary>64-bit offsets and sizes.</summary>
    ListView64,

    /// <summary>A fixed number of child values a row.</summary>
    FixedList,

    /// <summary>One child value a row in each child.</summary>
    Struct,

    /// <summary>Type ids; every child as long as the union.</summary>
    SparseUnion,

    /// <summary>Type ids and offsets into the children.</summary>
    DenseUnion,

    /// <summary>Run ends and values as children.</summary>
    RunEnds,
}
