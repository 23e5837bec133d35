namespace IndicatorCore.Generation.Output;

/// <summary>What a column of a generated table holds.</summary>
internal enum ColumnKind
{
    /// <summary>timestamp[ms, UTC].</summary>
    Instant,

    /// <summary>dictionary&lt;uint32, utf8&gt;, values declared beforehand.</summary>
    Key,

    /// <summary>utf8, for texts of which each is its own.</summary>
    Text,

    /// <summary>float64.</summary>
    Double,

    /// <summary>float32.</summary>
    Single,

    /// <summary>int64.</summary>
    Integer,

    /// <summary>uint16.</summary>
    Short,

    /// <summary>bool.</summary>
    Flag,
}
