namespace IndicatorCore.Adapters.Csv;

/// <summary>One value on its way from a CSV field to a column.</summary>
internal readonly struct Cell
{
    /// <summary>Whether there is no value: missing, or not readable.</summary>
    public bool IsNull { get; init; }

    /// <summary>A measure or whole number; an instant as whole nanoseconds since 1970; a flag as 1 or 0.</summary>
    public ExactDecimal Number { get; init; }

    /// <summary>A key or raw text.</summary>
    public string? Text { get; init; }

    /// <summary>No value.</summary>
    public static Cell Null => new() { IsNull = true };
}
