namespace IndicatorCore.Programmes.Filling;

/// <summary>The evidence of a printed figure: the result row that it comes from.</summary>
public sealed record FigureTrace
{
    /// <summary>Its number in the form, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Such as <c>factory=F001</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The indicator's id.</summary>
    public required string Indicator { get; init; }

    /// <summary>The definition, such as <c>knr@1</c>.</summary>
    public required string Definition { get; init; }

    /// <summary>Start of the window, RFC 3339, or null.</summary>
    public string? WindowStart { get; init; }

    /// <summary>End of the window, RFC 3339, exclusive, or null.</summary>
    public string? WindowEnd { get; init; }

    /// <summary>The figure, unrounded, or null.</summary>
    public double? Value { get; init; }

    /// <summary>The unit.</summary>
    public required string Unit { get; init; }

    /// <summary>The exact numerator, or null.</summary>
    public string? Numerator { get; init; }

    /// <summary>The exact denominator, or null.</summary>
    public string? Denominator { get; init; }

    /// <summary>Lower bound, or null.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound, or null.</summary>
    public double? High { get; init; }

    /// <summary>Records that it rests on: those of class VALID, else those received; null where evidence is kept back.</summary>
    public long? Records { get; init; }

    /// <summary>The status, upper snake case.</summary>
    public required string Status { get; init; }

    /// <summary>The reason, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The flags in order.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>What is declared, or null.</summary>
    public string? Declared { get; init; }

    /// <summary>Declared against measured, or null.</summary>
    public string? Verdict { get; init; }

    /// <summary>SHA-256 of the result row as ndjson.</summary>
    public required string RowDigest { get; init; }

    /// <summary>SHA-256 over the fingerprints of the inputs, sorted, and the registry's digest.</summary>
    public required string InputDigest { get; init; }
}
