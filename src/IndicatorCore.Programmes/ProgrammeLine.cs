namespace IndicatorCore.Programmes;

/// <summary>A line of a printed table: words, then fields.</summary>
public sealed record ProgrammeLine
{
    /// <summary>The first cells, verbatim; an empty text continues the cell above.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The cells behind them.</summary>
    public required IReadOnlyList<ProgrammeField> Fields { get; init; }
}
