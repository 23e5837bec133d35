namespace IndicatorCore.Sources;

/// <summary>How one canonical column is made from an export's own columns (interface 1, source profile).</summary>
public sealed record ColumnMapping
{
    /// <summary>The export's column, or null for the canonical name itself.</summary>
    public string? From { get; init; }

    /// <summary>A .NET date and time pattern, or <c>epoch_s</c>, <c>epoch_ms</c>, <c>epoch_us</c>, <c>epoch_ns</c>; null = by type.</summary>
    public string? Format { get; init; }

    /// <summary>The exact factor from the export's unit to the canonical one, or null for 1.</summary>
    public ExactFraction? Unit { get; init; }

    /// <summary>True when RSRP or SINR are TS 38.133 report indices.</summary>
    public bool IsReportIndex { get; init; }

    /// <summary>Text values and what they stand for; compared after trimming. Null = as they are.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>One value for every row, instead of a column.</summary>
    public string? Constant { get; init; }

    /// <summary>Two columns whose exact product is the value, rounded once.</summary>
    public IReadOnlyList<string>? ProductOf { get; init; }

    /// <summary>Whether blanks around text are cut.</summary>
    public bool Trim { get; init; }

    /// <summary>Texts that mean that the value is missing, such as <c>-</c>.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Numbers, in the export's unit, that mean that the value is invalid; null = the measure's defaults.</summary>
    public IReadOnlyList<decimal>? Sentinels { get; init; }
}
