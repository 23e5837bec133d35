namespace IndicatorCore.Indicators.Phases;

/// <summary>What publication rules say of an index on one tally.</summary>
internal sealed record PhaseVerdict
{
    /// <summary>The strata.</summary>
    public required IPhaseTally Tally { get; init; }

    /// <summary>The sums of the index; zero without a matched stratum.</summary>
    public IndexSums Sums { get; init; }

    /// <summary>The warnings.</summary>
    public ResultFlags Flags { get; init; }

    /// <summary>Whether it may be shown.</summary>
    public ResultStatus Status { get; init; }

    /// <summary>Why not, or null.</summary>
    public ResultReason? Reason { get; init; }

    /// <summary>Whether the figure has a value.</summary>
    public bool IsPublished => Status is ResultStatus.Published or ResultStatus.PublishedWithWarning;

    /// <summary>The same, suppressed.</summary>
    public PhaseVerdict Suppress(ResultReason reason) => this with { Status = ResultStatus.Suppressed, Reason = reason };

    /// <summary>The same, not available, unless it already is for another reason.</summary>
    public PhaseVerdict Withhold(ResultReason reason) =>
        Status == ResultStatus.NotAvailable ? this : this with { Status = ResultStatus.NotAvailable, Reason = reason };
}
