namespace IndicatorCore.Indicators.Phases;

/// <summary>One figure of a phase indicator (the whole or a part), without its group.</summary>
internal sealed record PhaseFigure
{
    /// <summary>The id, such as <c>eff_gain</c> or <c>eff_gain.paasche</c>.</summary>
    public required string Indicator { get; init; }

    /// <summary>The unit: <c>ratio</c>.</summary>
    public string Unit { get; init; } = "ratio";

    /// <summary>First day of the after spans and the day after the last, or the calendar window; null without any.</summary>
    public LocalDayRange? Span { get; init; }

    /// <summary>The figure, null unless published.</summary>
    public double? Value { get; init; }

    /// <summary>Exact numerator, or null.</summary>
    public ExactNumber? Numerator { get; init; }

    /// <summary>Exact denominator, or null.</summary>
    public ExactNumber? Denominator { get; init; }

    /// <summary>Lower limit of the interval, or null.</summary>
    public double? Low { get; init; }

    /// <summary>Upper limit of the interval, or null.</summary>
    public double? High { get; init; }

    /// <summary>Whether the figure may be shown.</summary>
    public ResultStatus Status { get; init; }

    /// <summary>Why not, or null.</summary>
    public ResultReason? Reason { get; init; }

    /// <summary>The warnings.</summary>
    public ResultFlags Flags { get; init; }

    /// <summary>What it rests on; quarantine counts are added by the caller.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>The matched input or cost of the after phase by line, for disclosure (10.2); on the whole only.</summary>
    public IReadOnlyList<LineShare> MatchedByLine { get; init; } = [];
}
