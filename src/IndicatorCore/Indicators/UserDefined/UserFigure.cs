namespace IndicatorCore.Indicators.UserDefined;

/// <summary>How an indicator is made of a plan's accumulators.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Accumulator">The place among Counts, Sums, Extremes, Distincts or Quantiles, by the indicator's aggregate; -1 where it has sides.</param>
/// <param name="Denominator">Of a share: the place of its denominator among Counts.</param>
/// <param name="Class">The place in Classes of the column whose value classes the evidence shows, or -1: accepted rows then.</param>
/// <param name="Columns">The columns that it names: one that no input has makes it MISSING_COLUMN.</param>
internal sealed record UserFigure(UserIndicator Indicator, int Accumulator, int Denominator, int Class, int[] Columns)
{
    /// <summary>Its numerator; of an index the output.</summary>
    public UserAmount? Above { get; init; }

    /// <summary>Its denominator; of an index the input.</summary>
    public UserAmount? Below { get; init; }

    /// <summary>Of an index: input of rows whose output is not VALID.</summary>
    public UserAmount? Unmatched { get; init; }

    /// <summary>Of an index: output of all rows, with input or without.</summary>
    public UserAmount? Produced { get; init; }

    /// <summary>The place among Counts of the rows that the figure rests on, or -1 where nobody asks.</summary>
    public int Counted { get; init; } = -1;

    /// <summary>The place among Distincts of the devices of those rows, or -1.</summary>
    public int Devices { get; init; } = -1;
}
