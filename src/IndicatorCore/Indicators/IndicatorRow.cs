namespace IndicatorCore.Indicators;

/// <summary>One figure: an indicator for one group and one window (interface 4).</summary>
public sealed record IndicatorRow
{
    /// <summary>The indicator's id, such as <c>cov_sample</c> or <c>eff_gain.paasche</c>.</summary>
    public required string Indicator { get; init; }

    /// <summary>The definition that produced it, such as <c>cov_sample@1</c>.</summary>
    public required string Definition { get; init; }

    /// <summary>The group: one value a key of the level, in the level's order; null = unassigned. Empty without grouping.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Group { get; init; } = [];

    /// <summary>Start of the span covered, UTC nanoseconds since 1970, inclusive; null where no span exists.</summary>
    public long? WindowStart { get; init; }

    /// <summary>End of the span covered, UTC nanoseconds since 1970, exclusive; null where no span exists.</summary>
    public long? WindowEnd { get; init; }

    /// <summary>The figure, unrounded; null unless published.</summary>
    public double? Value { get; init; }

    /// <summary>The unit, such as <c>ratio</c>, <c>1</c>, <c>kWh</c>, <c>ms</c>.</summary>
    public string Unit { get; init; } = "ratio";

    /// <summary>The exact numerator, or null.</summary>
    public ExactNumber? Numerator { get; init; }

    /// <summary>The exact denominator, or null.</summary>
    public ExactNumber? Denominator { get; init; }

    /// <summary>Lower bound, or null.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound, or null.</summary>
    public double? High { get; init; }

    /// <summary>Whether the figure may be shown.</summary>
    public ResultStatus Status { get; init; }

    /// <summary>Why not, or null.</summary>
    public ResultReason? Reason { get; init; }

    /// <summary>The warnings.</summary>
    public ResultFlags Flags { get; init; }

    /// <summary>What the figure rests on; null only where disclosure control keeps it back.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The revision, when the result comes from a state with revisions.</summary>
    public int? Revision { get; init; }
}
