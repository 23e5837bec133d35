namespace IndicatorCore.Indicators;

/// <summary>Why a figure is not available or suppressed: the closed list of indicator-definitions 1.7, in order of precedence.</summary>
public enum ResultReason
{
    /// <summary>The figure needs a registry and none was given.</summary>
    NoRegistry,

    /// <summary>A column that the figure needs is not in any input.</summary>
    MissingColumn,

    /// <summary>The figure has no meaning at this level of grouping.</summary>
    GroupNotApplicable,

    /// <summary>No line has a baseline.</summary>
    NoBaseline,

    /// <summary>Outputs in different units cannot be added.</summary>
    NoCommonUnit,

    /// <summary>No row of the table in the window.</summary>
    NoData,

    /// <summary>The quantile falls on a lost packet.</summary>
    LossExceedsTail,

    /// <summary>The denominator is zero.</summary>
    ZeroDenominator,

    /// <summary>Too few contributors, or one that dominates.</summary>
    Disclosure,

    /// <summary>Fewer key devices than the minimum.</summary>
    TooFewDevices,

    /// <summary>Fewer usable samples than the minimum.</summary>
    TooFewSamples,

    /// <summary>Fewer measured grid cells than the minimum.</summary>
    TooFewCells,

    /// <summary>Less of the target area measured than required.</summary>
    MeasuredShareLow,

    /// <summary>Fewer production days than the minimum in a phase.</summary>
    TooFewDays,

    /// <summary>Fewer independent weeks than the minimum in a phase.</summary>
    TooFewWeeks,

    /// <summary>Fewer closed cost months than the minimum in a phase.</summary>
    TooFewMonths,

    /// <summary>Less input in matched strata than required.</summary>
    MatchedShareLow,

    /// <summary>More samples missing than allowed.</summary>
    MissingShareHigh,

    /// <summary>Fewer records accepted than expected.</summary>
    CompletenessLow,
}
