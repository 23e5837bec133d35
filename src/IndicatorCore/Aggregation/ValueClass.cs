namespace IndicatorCore.Aggregation;

/// <summary>What a measured value is worth (indicator-definitions 1.4). Kept as bytes in lanes.</summary>
internal static class ValueClass
{
    /// <summary>Inside the physical range.</summary>
    public const byte Valid = 0;

    /// <summary>Null, NaN, empty, or a source's mark for missing.</summary>
    public const byte Missing = 1;

    /// <summary>A sentinel, infinite, or outside the physical range.</summary>
    public const byte Invalid = 2;

    /// <summary>Too large for the fixed point: the row is quarantined as OUT_OF_SCALE.</summary>
    public const byte OutOfScale = 3;
}
