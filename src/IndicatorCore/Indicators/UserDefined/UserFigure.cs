namespace IndicatorCore.Indicators.UserDefined;

/// <summary>How an indicator is made of a plan's accumulators.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Accumulator">The place among Counts, Sums, Extremes, Distincts or Quantiles, by the indicator's aggregate.</param>
/// <param name="Denominator">Of a share: the place of its denominator among Counts.</param>
/// <param name="Class">The place in Classes of the column whose value classes the evidence shows, or -1: accepted rows then.</param>
/// <param name="Columns">The columns that it names: one that no input has makes it MISSING_COLUMN.</param>
internal sealed record UserFigure(UserIndicator Indicator, int Accumulator, int Denominator, int Class, int[] Columns);
