namespace IndicatorCore.Sources;

/// <summary>One of the tables that an export may hold (interface 1).</summary>
public sealed record TableDefinition
{
    /// <summary>The name, such as <c>radio</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The column that stamps a row with its event time.</summary>
    public required string TimeColumn { get; init; }

    /// <summary>
    /// The columns without which an input cannot feed the table, the time column first; of alternatives, joined by <c>|</c>, one is
    /// enough (<c>kwh|reading_kwh</c>).
    /// </summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>The columns whose absence only switches off what needs them.</summary>
    public required IReadOnlyList<string> Optional { get; init; }

    /// <summary>The required columns of which at least one must not be null for a row of <c>telemetry</c> to feed this table.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Every column that the table can use, each once, in the contract's order.</summary>
    public IEnumerable<string> Columns => Required.SelectMany(Alternatives).Concat(Optional).Distinct();

    /// <summary>The columns of which one is enough.</summary>
    public static IReadOnlyList<string> Alternatives(string required)
    {
        ArgumentNullException.ThrowIfNull(required);
        return required.Split('|');
    }
}
