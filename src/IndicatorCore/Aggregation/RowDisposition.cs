namespace IndicatorCore.Aggregation;

/// <summary>What becomes of a row of a chunk.</summary>
internal enum RowDisposition : byte
{
    /// <summary>It counts (unless it is quarantined).</summary>
    Accepted,

    /// <summary>It is an exact duplicate: only its arrival counts.</summary>
    Duplicate,

    /// <summary>It lost against a row with the same key: only its arrival counts.</summary>
    Conflict,

    /// <summary>It is not of interest (--where): nothing of it counts.</summary>
    Ignored,
}
