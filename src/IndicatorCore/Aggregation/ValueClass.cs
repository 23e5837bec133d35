namespace IndicatorCore.Aggregation;

/// <summary>What a measured value is worth (indicator-definitions 1.4). Kept as bytes in lanes.</summary>
internal static class ValueClass
{
    /// <summary>Inside the physical range.</summary>
    public const byte Valid = 0;

    /// <summary>MISSING: null, empty, or a source's mark for missing.</summary>
    public const byte Missing = 1;

    /// <summary>A sentinel, infinite, or outside the physical range.</summary>
    public const byte Invalid = 2;

    /// <summary>Too large for the fixed point: the row is quarantined as OUT_OF_SCALE.</summary>
    public const byte OutOfScale = 3;

    /// <summary>MISSING as NaN: of the same worth as null, but a wide row that has it feeds its table (interface 1, telemetry).</summary>
    public const byte NotANumber = 4;

    /// <summary>Whether a value is of class MISSING, in either form.</summary>
    public static bool IsMissing(byte value) => value is Missing or NotANumber;
}
